package dev.rekey.cli.command;

import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.analyze.Analysis;

/** From which verdict on a command that judges a plan fails. */
enum FailOn {
    BLOCKER,
    WARNING;

    ExitCode code(ExecutionResult ending) {
        var warned = ending.document().path("verdict").asText().equals(Analysis.WITH_WARNINGS);
        return this == WARNING && warned ? ExitCode.REFUSED : ending.code();
    }
}
