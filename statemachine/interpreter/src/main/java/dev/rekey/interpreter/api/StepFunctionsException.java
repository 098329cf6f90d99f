package dev.rekey.interpreter.api;

/** A call that the service refuses; {@link Code#awsName} is the error's name in the service's API. Nothing was changed. */
public final class StepFunctionsException extends RuntimeException {
    private final Code code;

    public StepFunctionsException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** All refusals. */
    public enum Code {
        EXECUTION_ALREADY_EXISTS("ExecutionAlreadyExists"),
        EXECUTION_DOES_NOT_EXIST("ExecutionDoesNotExist"),
        EXECUTION_NOT_REDRIVABLE("ExecutionNotRedrivable"),
        INVALID_ARN("InvalidArn"),
        INVALID_DEFINITION("InvalidDefinition"),
        INVALID_EXECUTION_INPUT("InvalidExecutionInput"),
        INVALID_NAME("InvalidName"),
        INVALID_OUTPUT("InvalidOutput"),
        INVALID_TOKEN("InvalidToken"),
        MISSING_REQUIRED_PARAMETER("MissingRequiredParameter"),
        RESOURCE_NOT_FOUND("ResourceNotFound"),
        STATE_MACHINE_ALREADY_EXISTS("StateMachineAlreadyExists"),
        STATE_MACHINE_DELETING("StateMachineDeleting"),
        STATE_MACHINE_DOES_NOT_EXIST("StateMachineDoesNotExist"),
        TASK_DOES_NOT_EXIST("TaskDoesNotExist"),
        TASK_TIMED_OUT("TaskTimedOut"),
        VALIDATION("ValidationException");

        private final String awsName;

        Code(String awsName) {
            this.awsName = awsName;
        }

        /** The error's name in the service's API, such as {@code ExecutionDoesNotExist}. */
        public String awsName() {
            return awsName;
        }
    }
}
