package dev.rekey.local.stores;

import java.io.Serial;

/** A store did not start. The message has all four parts and quotes the end of the store's log. */
public final class StoreFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    StoreFailedException(String message) {
        super(message);
    }

    StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
