package dev.rekey.interpreter.definition;

import java.util.List;
import java.util.Set;

/** The error names of the language and how {@code ErrorEquals} matches. */
public final class ErrorNames {
    public static final String ALL = "States.ALL";
    public static final String TIMEOUT = "States.Timeout";
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    public static final String TASK_FAILED = "States.TaskFailed";
    public static final String RUNTIME = "States.Runtime";
    public static final String DATA_LIMIT = "States.DataLimitExceeded";
    public static final String QUERY = "States.QueryEvaluationError";
    public static final String NO_CHOICE = "States.NoChoiceMatched";
    public static final String TOLERANCE = "States.ExceedToleratedFailureThreshold";
    public static final String READER = "States.ItemReaderFailed";
    public static final String WRITER = "States.ResultWriterFailed";

    static final Set<String> PREDEFINED = Set.of(
            ALL,
            TIMEOUT,
            HEARTBEAT_TIMEOUT,
            TASK_FAILED,
            RUNTIME,
            DATA_LIMIT,
            QUERY,
            NO_CHOICE,
            TOLERANCE,
            READER,
            WRITER,
            "States.BranchFailed",
            "States.Permissions",
            "States.ParameterPathFailure",
            "States.ResultPathMatchFailure",
            "States.IntrinsicFailure",
            "States.Http.Socket");

    private ErrorNames() {}

    /** Whether a list of {@code ErrorEquals} holds an error's name or a wildcard for it. */
    public static boolean match(List<String> errorEquals, String error) {
        return switch (error) {
            // A Runtime error always ends the execution, and no wildcard takes the terminal data limit.
            case RUNTIME -> false;
            case DATA_LIMIT -> errorEquals.contains(DATA_LIMIT);
            case TIMEOUT -> errorEquals.contains(TIMEOUT) || errorEquals.contains(ALL);
            case HEARTBEAT_TIMEOUT ->
                errorEquals.contains(HEARTBEAT_TIMEOUT) || errorEquals.contains(TIMEOUT) || errorEquals.contains(ALL);
            default -> errorEquals.contains(error) || errorEquals.contains(TASK_FAILED) || errorEquals.contains(ALL);
        };
    }
}
