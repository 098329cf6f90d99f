package dev.rekey.interpreter.ports;

/** The store refused or could not be reached; the message becomes the cause of the state's failure. */
public final class ObjectStoreException extends Exception {
    public ObjectStoreException(String message) {
        super(message);
    }

    public ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
