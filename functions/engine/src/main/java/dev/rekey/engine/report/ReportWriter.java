package dev.rekey.engine.report;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Time;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Writes the report that ends an execution, and says so in the ledger. */
public final class ReportWriter {
    private final Documents documents;
    private final RunContext run;
    private final Time time;
    private final Function<RunReport, String> page;

    /** @param page makes the HTML of a report */
    public ReportWriter(Documents documents, RunContext run, Time time, Function<RunReport, String> page) {
        this.documents = documents;
        this.run = run;
        this.time = time;
        this.page = page;
    }

    /**
     * What is to be reported.
     *
     * @param cause why the run did not go on; empty if nothing went wrong
     */
    public record Request(RunId task, int epoch, Action action, RunOutcome ending, String cause) {
        /** The report of a later execution does not take the place of an earlier one. */
        String name(RunId run, String word) {
            return task.equals(run) ? word : word + "-" + task;
        }
    }

    /** What became of a report. */
    public sealed interface ReportOutcome {
        /** Where the report lies: the JSON document, and the page beside it. */
        record Written(RunReport report, ObjectKey json, ObjectKey html) implements ReportOutcome {}

        /** Another execution has taken the run, and decides how it ends. */
        record Superseded() implements ReportOutcome {}
    }

    public ReportOutcome report(Request request) {
        var end = new RunEnd(documents, run);
        if (RunEnd.phase(request.ending()).isPresent() && end.isSuperseded(request.epoch())) {
            return new ReportOutcome.Superseded();
        }
        var drafted = new ReportContent(documents, run, time).of(request);
        var name = request.name(run.manifest().run(), drafted.ending().outcome());
        var json = run.folder().report(name + ".json");
        var html = run.folder().report(name + ".html");
        documents.put(json, drafted);
        if (!end.end(request.epoch(), request.ending())) {
            documents.delete(json);
            return new ReportOutcome.Superseded();
        }
        // Not before the run has ended: an entry cannot be taken back.
        var report = drafted.with(recorded(request, drafted));
        documents.put(json, report);
        // Last: whatever is wrong with a page, the run has ended as it should.
        documents.putBytes(html, page.apply(report).getBytes(StandardCharsets.UTF_8));
        return new ReportOutcome.Written(report, json, html);
    }

    private Ledger.Head recorded(Request request, RunReport report) {
        var ended = new Decision.Ended(
                report.ending().outcome(),
                report.ending().error(),
                report.ending().message(),
                report.work().counts(),
                report.others().left());
        return new Ledger(documents, run.manifest().run(), time).append(Optional.of(request.task()), ended);
    }
}
