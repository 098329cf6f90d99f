package dev.rekey.cli.command;

import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** For commands that judge a plan. */
final class Strictness {
    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "What ends with exit code 3: blocker, or warning, which blockers are too (default: blocker).")
    private Optional<FailOn> failOn = Optional.empty();

    /** @throws CommandFailure if it is asked for and the command ends before there is a verdict */
    void check(String command, Detachment detachment) {
        if (failOn.isPresent() && detachment.wanted()) {
            throw CommandFailure.usage("Cannot " + command
                    + ": --fail-on says which verdict ends with exit code 3, and --detach ends the command before there"
                    + " is a verdict. Nothing was started. Leave out one of them.");
        }
    }

    ExitCode code(ExecutionResult ending) {
        return failOn.orElse(FailOn.BLOCKER).code(ending);
    }
}
