package dev.rekey.interpreter.execution;

/** A payload is larger than the service allows: {@code States.DataLimitExceeded} of the language. */
final class DataLimitException extends Exception {
    DataLimitException(String message) {
        super(message);
    }
}
