package dev.rekey.cli.exit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Ends a command that cannot do what it was asked to. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final ExitCode code;
    private final String error;

    /**
     * @param error stable name of the kind of failure
     * @param message the four parts: what cannot be done and why, what was left unchanged, what to do next
     */
    public CommandFailure(ExitCode code, String error, String message) {
        super(message);
        this.code = code;
        this.error = error;
    }

    public CommandFailure(ExitCode code, String error, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.error = error;
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, "Usage", message);
    }

    public static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, "Refused", message);
    }

    public ExitCode code() {
        return code;
    }

    /** The failure as the document that {@code --json} prints. */
    public ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("message", getMessage())
                .put("exitCode", code.number());
    }
}
