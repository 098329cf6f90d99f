package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The report of an execution.
 *
 * @param address {@code s3://} address
 */
record Report(String address, RunReport content) {
    private static final Pattern OF_AN_EXECUTION = Pattern.compile("(?!analysis)[A-Za-z]+(-[^-]+-[0-9a-f]{8})?\\.json");

    /**
     * Empty if none was written, as when a run is refused early.
     *
     * @param task the execution that ended
     */
    static Optional<Report> of(Deployment deployment, Environment environment, RunId task, ExecutionResult ending) {
        var scheme = "s3://" + deployment.bucket() + "/";
        return key(scheme, task, ending)
                .flatMap(key -> find(Buckets.documents(deployment, environment), key)
                        .map(content -> new Report(scheme + key.name(), content)));
    }

    /** Empty also if a newer stack wrote what this version cannot read: the answer of the execution tells the most of it. */
    private static Optional<RunReport> find(Documents documents, ObjectKey key) {
        try {
            return documents.find(key, RunReport.class).map(Documents.Versioned::value);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** That of its object, without folder and end. */
    String name() {
        return address.replaceFirst(".*/", "").replaceFirst("\\.json$", "");
    }

    /** Where the same lies as HTML. */
    String page() {
        return address.replaceFirst("json$", "html");
    }

    /** That of the execution which ended last; empty if none has ended. */
    static Optional<Report> newest(Deployment deployment, Documents documents, RunId run) {
        var prefix = new RunFolder(run).report("").name();
        return documents.list(prefix).stream()
                .filter(key -> OF_AN_EXECUTION
                        .matcher(key.name().substring(prefix.length()))
                        .matches())
                .flatMap(key -> documents.find(key, RunReport.class).stream()
                        .map(found -> new Report("s3://" + deployment.bucket() + "/" + key.name(), found.value())))
                .max(Comparator.comparing(report -> report.content().subject().endedAt()));
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
