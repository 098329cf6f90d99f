package dev.rekey.engine.store;

/** A request to a store that gave no answer to work with. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    /** What can be done about it. */
    public enum Kind {
        /** The service asks to slow down. Nothing was done. */
        THROTTLED,
        /** No answer, or a failure of the service: a write may or may not have happened. Worth another try. */
        UNAVAILABLE,
        /** No credentials or no permission. Nothing was done; trying again helps only once it is granted. */
        DENIED,
        /** No such table or bucket. */
        MISSING,
        /** The service does not accept the request. Nothing was done; trying again does not help. */
        INVALID
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
