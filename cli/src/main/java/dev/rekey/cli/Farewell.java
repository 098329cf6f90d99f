package dev.rekey.cli;

import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;

/**
 * What is said to somebody who presses Ctrl-C while an execution is followed.
 *
 * @param action what the execution does
 * @param place the options that lead another command to the same stack, with a blank before each
 */
record Farewell(Action action, RunId run, String place) {
    String words(Lifetime lifetime) {
        return switch (lifetime) {
            case COMMAND -> stopped();
            case LOCAL_STACK -> "The execution goes on while the local stack is up. " + again();
            case CLOUD -> "The execution goes on. " + again();
        };
    }

    private String again() {
        return "Follow it again with: " + command("status") + " --watch";
    }

    private String stopped() {
        var fact = "The " + action.word() + " of run " + run + " has stopped: its stack ended with this command. ";
        return switch (action) {
            case VERIFY -> fact + "Verify again with: " + command("verify");
            case STOP -> fact + "Nobody works on the run any more. " + bothWays();
            case ANALYZE, VALIDATE, TEST, MIGRATE, RESUME, ROLLBACK -> fact + bothWays();
        };
    }

    private String bothWays() {
        return "Go on with: " + command("resume") + ", or take it back with: " + command("rollback");
    }

    private String command(String name) {
        return "rekey " + name + " --run " + run + place;
    }
}
