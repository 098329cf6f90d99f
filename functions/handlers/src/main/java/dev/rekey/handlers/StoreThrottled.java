package dev.rekey.handlers;

/** A store asked to slow down until the invocation was up. The workflow tries the function again, however often it takes. */
public final class StoreThrottled extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreThrottled(String message, Throwable cause) {
        super(message, cause);
    }
}
