package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Optional;

/** Finds the report of an execution that has ended. */
final class EndedReport {
    private EndedReport() {}

    /**
     * Empty if none was written, as when a run is refused early.
     *
     * @param task the execution that ended
     */
    static Optional<Report> of(Deployment deployment, Environment environment, RunId task, ExecutionResult ending) {
        return key("s3://" + deployment.bucket() + "/", task, ending)
                .flatMap(key -> Report.find(Buckets.documents(deployment, environment), deployment.bucket(), key));
    }

    /** An execution that fails has no output to name its report; it lies where the workflow's functions put it. */
    private static Optional<ObjectKey> key(String scheme, RunId task, ExecutionResult ending) {
        var named = ending.text("report");
        if (named.startsWith(scheme)) {
            return Optional.of(new ObjectKey(named.substring(scheme.length())));
        }
        var suffix = task.equals(ending.run()) ? "" : "-" + task;
        return word(ending.code()).map(word -> new RunFolder(ending.run()).report(word + suffix + ".json"));
    }

    private static Optional<String> word(ExitCode code) {
        return switch (code) {
            case REFUSED -> Optional.of("refused");
            case VERIFICATION_FAILED -> Optional.of("verified");
            case DRIFT_KEPT, ROLLED_BACK -> Optional.of("rolledBack");
            case INCOMPLETE -> Optional.of("incomplete");
            case DONE, REMAINING, DEFECT, USAGE -> Optional.empty();
        };
    }
}
