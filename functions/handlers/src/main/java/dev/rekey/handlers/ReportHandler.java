package dev.rekey.handlers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.report.Reporting;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.ReportState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the report that ends an execution. */
public final class ReportHandler extends Handler {
    /** As Lambda makes it. */
    public ReportHandler() {
        this(Bootstrap.ofProcess());
    }

    public ReportHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Answer(
            RunId run,
            String action,
            PlanName plan,
            String outcome,
            Optional<Readiness> verdict,
            String message,
            Optional<String> error,
            Optional<String> cause,
            Map<Counted, Long> counts,
            Map<String, Object> verification,
            Map<Counted, Long> remaining,
            int drift,
            String report,
            String page) {}

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var task = payload.task();
        return switch (new ReportState(ports).run(task, RunOutcome.of(payload.text("ending")), payload.text("cause"))) {
            case Reporting.ReportOutcome.Written written ->
                answer(written.report(), address(written.json()), address(written.html()));
            // Caught by the workflow, which then says that the run is another's.
            case Reporting.ReportOutcome.Superseded _ ->
                throw new IllegalStateException("another execution has taken run " + task.run());
        };
    }

    private static Answer answer(RunReport report, String json, String page) {
        return new Answer(
                report.run(),
                report.action(),
                report.plan(),
                report.error().isPresent() ? "failed" : report.outcome(),
                report.verdict(),
                report.message(),
                report.error(),
                report.error().map(error -> report.message() + " Report: " + page),
                report.counts(),
                verification(report),
                report.remaining(),
                report.drift().size(),
                json,
                page);
    }

    private static Map<String, Object> verification(RunReport report) {
        if (report.verification().isEmpty()) {
            return Map.of();
        }
        var all = new TreeMap<String, Object>();
        report.verification().forEach((what, count) -> all.put(what.word(), count));
        all.put("verdict", report.error().isPresent() ? "failed" : "passed");
        return all;
    }

    private String address(ObjectKey key) {
        return "s3://" + bootstrap().settings().bucket() + "/" + key.name();
    }
}
