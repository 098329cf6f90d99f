package dev.rekey.handlers;

import dev.rekey.engine.run.RunId;
import java.util.List;

/**
 * The commands that end a run, as lines of a message.
 *
 * @param machine ARN of the state machine
 * @param stack name of the CloudFormation stack
 */
record Advice(RunId run, String machine, String stack, String region) {
    /** For a run that is neither done nor taken back. */
    List<String> forUnfinished() {
        return List.of(
                "  To resume it:",
                rekey("resume"),
                start("resume", ""),
                "  Or to roll it back:",
                rekey("rollback"),
                startRollback());
    }

    String rekey(String command) {
        return "    rekey " + command + " --run " + run + " --stack " + stack + " --region " + region;
    }

    String startRollback() {
        return start("rollback", ", \"confirm\": \"NAME OF THE PLAN\"");
    }

    /** The same without Rekey's command line. */
    private String start(String action, String more) {
        return "    aws stepfunctions start-execution --state-machine-arn " + machine + " --input '{\"action\": \""
                + action + "\", \"run\": \"" + run + "\"" + more + "}'";
    }
}
