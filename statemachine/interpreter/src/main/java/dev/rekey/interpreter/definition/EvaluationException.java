package dev.rekey.interpreter.definition;

/** An expression failed or gave no JSON value: {@code States.QueryEvaluationError} of the language. */
public final class EvaluationException extends Exception {
    public EvaluationException(String message) {
        super(message);
    }

    EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
