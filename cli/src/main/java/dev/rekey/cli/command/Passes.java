package dev.rekey.cli.command;

import dev.rekey.cli.command.FollowedExecution.Completed;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.ExecutionInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of one plan, one after the other, until nothing of others' work remains. Each brings what came or changed while the
 * one before worked, so this ends only if the old writers stop.
 *
 * @param most passes, at least 1
 */
record Passes(Environment environment, CommonOptions options, FollowedExecution operation, int most) {

    /** Returns the exit code of the last pass. */
    int run(ExecutionInput input) {
        var passes = new ArrayList<Completed>();
        do {
            environment.console().err().println("Pass " + (passes.size() + 1) + " of at most " + most);
            var completed = operation.complete(input);
            passes.add(completed);
            if (!options.json()) {
                operation.showWithoutNotes(completed);
            }
        } while (code(passes) == ExitCode.REMAINING && passes.size() < most);
        if (options.json()) {
            operation.show(passes);
        } else {
            sum(passes);
            operation.showNotes(passes.getLast());
        }
        return code(passes).number();
    }

    private static ExitCode code(List<Completed> passes) {
        return passes.getLast().ending().code();
    }

    private void sum(List<Completed> passes) {
        var console = environment.console();
        if (code(passes) == ExitCode.REMAINING) {
            console.tell("After " + passes.size()
                    + " passes, work of others still remains. Stop the application that"
                    + " writes to the source, then run the command again.");
        }
        // A refused pass has written nothing.
        var ran = passes.stream()
                .filter(pass -> pass.ending().code() != ExitCode.REFUSED)
                .toList();
        if (ran.size() > 1) {
            console.show("To roll back all " + ran.size() + " runs: rekey rollback --run "
                    + ran.getFirst().task() + " --with-later" + options.placeWords());
            console.out().flush();
        }
    }
}
