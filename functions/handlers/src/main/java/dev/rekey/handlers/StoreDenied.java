package dev.rekey.handlers;

/** A permission is missing. The workflow tries the function again for a minute: a right that was just granted counts soon. */
public final class StoreDenied extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreDenied(String message, Throwable cause) {
        super(message, cause);
    }
}
