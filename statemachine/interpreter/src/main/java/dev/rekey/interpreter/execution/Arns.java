package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.interpreter.ports.Settings;

/** Makes and reads the names of things in one region and account. */
public final class Arns {
    private final String prefix;

    public Arns(Settings settings) {
        this.prefix =
                "arn:" + settings.partition().name() + ":states:" + settings.region() + ":" + settings.account() + ":";
    }

    public String stateMachine(String name) {
        return prefix + "stateMachine:" + name;
    }

    /** {@code of} is the state machine's name, with the label of a Map after a slash for its children. */
    public String execution(String of, String name) {
        return prefix + "execution:" + of + ":" + name;
    }

    public String mapRun(String stateMachine, String label, String id) {
        return prefix + "mapRun:" + stateMachine + "/" + label + ":" + id;
    }

    /** The name in the ARN of a state machine; a version or alias after it is left out. */
    public String stateMachineName(String arn) {
        return parts(arn, "stateMachine", 1)[0];
    }

    /** The state machine (with label) and the name in the ARN of an execution. */
    public String[] executionParts(String arn) {
        return parts(arn, "execution", 2);
    }

    /** The state machine with label and the id in the ARN of a Map Run. */
    public String[] mapRunParts(String arn) {
        return parts(arn, "mapRun", 2);
    }

    private String[] parts(String arn, String kind, int count) {
        String start = prefix + kind + ":";
        String[] parts = arn.startsWith(start) ? arn.substring(start.length()).split(":", -1) : new String[0];
        if (parts.length < count || parts[0].isEmpty() || parts[count - 1].isEmpty()) {
            throw new StepFunctionsException(
                    Code.INVALID_ARN,
                    "Invalid Arn: '" + arn + "'. Expected is an ARN that begins with '" + start + "'.");
        }
        return parts;
    }
}
