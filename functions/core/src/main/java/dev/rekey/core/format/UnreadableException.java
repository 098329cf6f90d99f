package dev.rekey.core.format;

import dev.rekey.core.format.Reading.Unreadable;

/** A file cannot be read at all, because of what its first line holds. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Unreadable unreadable;

    UnreadableException(Unreadable unreadable) {
        super(unreadable.text());
        this.unreadable = unreadable;
    }

    public Unreadable unreadable() {
        return unreadable;
    }
}
