package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.definition.Json;
import java.util.Optional;

/** Tells of executions. */
final class Descriptions {
    private Descriptions() {}

    static ExecutionDescription of(Progress progress) {
        Optional<String> hindrance = hindrance(progress);
        boolean byMapRun = progress.identity().child().isPresent() && !progress.isRunning() && !isSucceeded(progress);
        String redrive = byMapRun ? "REDRIVABLE_BY_MAP_RUN" : hindrance.isEmpty() ? "REDRIVABLE" : "NOT_REDRIVABLE";
        return new ExecutionDescription(
                Catalogs.item(progress),
                Json.text(progress.input()),
                progress.output().map(Json::text),
                progress.error(),
                progress.cause(),
                redrive,
                hindrance);
    }

    /** Why an execution cannot be redriven; empty where it can. */
    static Optional<String> hindrance(Progress progress) {
        if (progress.isRunning()) {
            return Optional.of("Execution is RUNNING and cannot be redriven");
        }
        if (isSucceeded(progress)) {
            return Optional.of("Execution is SUCCEEDED and cannot be redriven");
        }
        if (progress.identity().child().isPresent()) {
            return Optional.of("it is a child of a Map Run, which redrives it together with its parent");
        }
        if (progress.events() >= Limits.EVENTS - 1) {
            return Optional.of("its history has no room for another event");
        }
        return Optional.empty();
    }

    private static boolean isSucceeded(Progress progress) {
        return progress.status() == ExecutionStatus.SUCCEEDED;
    }
}
