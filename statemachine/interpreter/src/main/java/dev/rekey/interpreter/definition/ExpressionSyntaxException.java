package dev.rekey.interpreter.definition;

/** A text between braces with percent signs is no JSONata expression. */
public final class ExpressionSyntaxException extends Exception {
    ExpressionSyntaxException(String message) {
        super(message);
    }

    ExpressionSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
