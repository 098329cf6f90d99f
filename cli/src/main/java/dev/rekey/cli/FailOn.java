package dev.rekey.cli;

import dev.rekey.cli.ending.ExitCode;
import dev.rekey.cli.execution.Ending;
import dev.rekey.engine.judge.Analysis;

/** From which verdict on a command that judges a plan fails. */
enum FailOn {
    BLOCKER,
    WARNING;

    ExitCode code(Ending ending) {
        var warned = ending.document().path("verdict").asText().equals(Analysis.WITH_WARNINGS);
        return this == WARNING && warned ? ExitCode.REFUSED : ending.code();
    }
}
