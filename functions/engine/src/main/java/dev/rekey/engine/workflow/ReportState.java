package dev.rekey.engine.workflow;

import dev.rekey.engine.page.HtmlReportBuilder;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;

/** Writes the report that ends an execution. */
public record ReportState(Ports ports) {
    /** @param cause why the run did not go on; empty if nothing went wrong */
    public ReportWriter.ReportOutcome run(Task task, RunOutcome ending, String cause) {
        var run = ports.runs().asItIs(ports.documents(), task.run());
        var request = new ReportWriter.Request(
                task.task(), task.epoch(), task.action().orElseThrow(), ending, cause);
        var page = new HtmlReportBuilder(ports.documents(), run);
        return new ReportWriter(ports.documents(), run, ports.invocation().time(), page::of).report(request);
    }
}
