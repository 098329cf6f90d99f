package dev.rekey.handlers;

/** A store gave no answer until the invocation was up. The workflow tries the function again. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
