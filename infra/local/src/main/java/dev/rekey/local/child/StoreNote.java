package dev.rekey.local.child;

import java.util.Optional;

/**
 * What a store found out about its data while it started, for people.
 *
 * @param text whole sentences, on one line
 */
public record StoreNote(Kind kind, String text) {
    /** What it is about. */
    public enum Kind {
        /** Something was cut off when the process ended, and is in order again. */
        REPAIRED,
        /** Something that was stored cannot be read. */
        UNREADABLE
    }

    static StoreNote repaired(String text) {
        return new StoreNote(Kind.REPAIRED, text);
    }

    static StoreNote unreadable(String text) {
        return new StoreNote(Kind.UNREADABLE, text);
    }

    /** As it goes from a store to its parent. */
    String line() {
        return kind + " " + text;
    }

    /** @return empty if the line is no note */
    public static Optional<StoreNote> parse(String line) {
        for (Kind kind : Kind.values()) {
            if (line.startsWith(kind + " ")) {
                return Optional.of(
                        new StoreNote(kind, line.substring(kind.name().length() + 1)));
            }
        }
        return Optional.empty();
    }
}
