package dev.rekey.cli.command;

import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.Readiness;

/** From which verdict on a command that judges a plan fails. */
enum FailOn {
    BLOCKER,
    WARNING;

    ExitCode code(ExecutionResult ending) {
        var warned = ending.document().path("verdict").asText().equals(Readiness.READY_WITH_WARNINGS.word());
        return this == WARNING && warned ? ExitCode.REFUSED : ending.code();
    }
}
