package dev.rekey.cli.command;

import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.Readiness;
import java.util.Optional;
import picocli.CommandLine.Option;

/** For commands that judge a plan. */
final class Strictness {
    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description =
                    "Problems that cause exit code 3: blocker, or warning, which includes blockers (default: blocker).")
    private Optional<FailOn> failOn = Optional.empty();

    /** @throws CommandFailure if it is asked for and the command ends before there is a verdict */
    void check(String command, Detachment detachment) {
        if (failOn.isPresent() && detachment.wanted()) {
            throw CommandFailure.usage(
                    "Cannot " + command
                            + ": --fail-on needs the verdict, and --detach ends the command before there is one. Nothing was started. Omit one of the options.");
        }
    }

    ExitCode code(ExecutionResult ending) {
        return failOn.orElse(FailOn.BLOCKER).code(ending);
    }

    /** From which verdict on a command that judges a plan fails. */
    enum FailOn {
        BLOCKER,
        WARNING;

        ExitCode code(ExecutionResult ending) {
            var warned = ending.text("verdict").equals(Readiness.READY_WITH_WARNINGS.word());
            return this == WARNING && warned ? ExitCode.REFUSED : ending.code();
        }
    }
}
