package dev.rekey.engine.status;

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
public record Report(String address, RunReport content) {
    private static final Pattern OF_AN_EXECUTION = Pattern.compile("(?!analysis)[A-Za-z]+(-[^-]+-[0-9a-f]{8})?\\.json");

    /** Empty also if a newer stack wrote what this version cannot read: the answer of the execution tells the most of it. */
    public static Optional<Report> find(Documents documents, String bucket, ObjectKey key) {
        try {
            return documents
                    .find(key, RunReport.class)
                    .map(found -> new Report("s3://" + bucket + "/" + key.name(), found.value()));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** That of its object, without folder and end. */
    public String name() {
        return address.replaceFirst(".*/", "").replaceFirst("\\.json$", "");
    }

    /** Where the same lies as HTML. */
    public String page() {
        return address.replaceFirst("json$", "html");
    }

    /** That of the execution which ended last; empty if none has ended. */
    public static Optional<Report> newest(Documents documents, String bucket, RunId run) {
        var prefix = new RunFolder(run).report("").name();
        return documents.list(prefix).stream()
                .filter(key -> OF_AN_EXECUTION
                        .matcher(key.name().substring(prefix.length()))
                        .matches())
                .flatMap(key -> documents.find(key, RunReport.class).stream()
                        .map(found -> new Report("s3://" + bucket + "/" + key.name(), found.value())))
                .max(Comparator.comparing(report -> report.content().subject().endedAt()));
    }
}
