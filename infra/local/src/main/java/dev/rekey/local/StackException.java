package dev.rekey.local;

import java.io.Serial;

/** The stack cannot start or go on; the message is for the person who started it and has all four parts. */
public final class StackException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** A port is used by another process. */
        PORT_TAKEN,
        /** Another stack works on the same data directory. */
        DATA_IN_USE,
        /** The data directory cannot be written: permission, or the disk is full. */
        DATA_NOT_WRITABLE,
        /** What lies in the data directory cannot be read. */
        DATA_NOT_READABLE,
        /** The folder of the stores does not hold what the build puts there. */
        STORES_MISSING,
        /** A store ended or did not answer in time. */
        STORE_FAILED,
        /** The state machine's document was refused. */
        DEFINITION_REFUSED
    }

    public StackException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StackException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
