package dev.rekey.local.functions;

/** What became of a call. */
public sealed interface InvokeOutcome {
    /** The function's answer. */
    record Answered(byte[] payload) implements InvokeOutcome {}

    /** The function ran and failed. */
    record FunctionFailed(FunctionError error) implements InvokeOutcome {}

    /**
     * The function was not run.
     *
     * @param error the name in the Invoke API, such as {@code ResourceNotFoundException}
     * @param status of HTTP
     */
    record Refused(String error, int status, String message) implements InvokeOutcome {}
}
