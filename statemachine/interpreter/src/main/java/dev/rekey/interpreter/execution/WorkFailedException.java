package dev.rekey.interpreter.execution;

/** A state's work fails with an error of the language that Retry and Catch may handle. */
final class WorkFailedException extends Exception {
    private final String error;

    WorkFailedException(String error, String cause) {
        super(cause);
        this.error = error;
    }

    String error() {
        return error;
    }
}
