package dev.rekey.core.format;

import java.io.IOException;

/** A value that is none of its type. */
final class BadValueException extends IOException {
    private static final long serialVersionUID = 1;

    private final String place;

    BadValueException(String fact) {
        this("", fact);
    }

    private BadValueException(String place, String fact) {
        super(fact, null);
        this.place = place;
    }

    /** The same, where {@code name} leads to the value. */
    BadValueException below(String name) {
        return new BadValueException(
                place.isEmpty() || place.startsWith("[") ? name + place : name + "." + place, getMessage());
    }

    /** Path of the value; empty for the value itself. */
    String place() {
        return place;
    }
}
