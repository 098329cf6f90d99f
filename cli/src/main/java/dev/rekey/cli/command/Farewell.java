package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.status.NextStep;

/**
 * What is said to somebody who presses Ctrl-C while an execution is followed.
 *
 * @param action what the execution does
 * @param place the options that lead another command to the same stack, with a blank before each
 */
record Farewell(Action action, RunId run, String place) {
    /** @param reached how far the run had come just before; matters only if its stack is the command's own */
    String words(Lifetime lifetime, Reached reached) {
        return switch (lifetime) {
            case COMMAND -> fact() + stopped(reached);
            case LOCAL_STACK -> "The execution continues while the local stack is running. " + again();
            case CLOUD -> "The execution continues. " + again();
        };
    }

    private String again() {
        return "Follow it again with: " + command("status") + " --watch";
    }

    private String fact() {
        return "The " + action.word() + " of run " + run + " has stopped, because its stack ended with this command. ";
    }

    private String stopped(Reached reached) {
        return switch (reached) {
            case NOTHING -> "It has written to no table and holds no lock: start a new run.";
            case PREPARING -> "It" + NextStep.unprepared(run, place);
            case UNKNOWN ->
                "The progress of the run could not be read. Start the stack: rekey up"
                        + place.replace(" " + SuggestedCommands.LOCAL, "") + ". Then run: " + command("status");
            case PREPARED -> prepared();
        };
    }

    private String prepared() {
        return switch (action) {
            case VERIFY -> "Verify again with: " + command("verify");
            case STOP -> "No execution works on the run any more. " + bothWays();
            case ANALYZE, VALIDATE, TEST, MIGRATE, RESUME, ROLLBACK -> bothWays();
        };
    }

    private String bothWays() {
        return "Continue with: " + command("resume") + ", or roll it back with: " + command("rollback");
    }

    private String command(String name) {
        return "rekey " + name + " --run " + run + place;
    }
}
