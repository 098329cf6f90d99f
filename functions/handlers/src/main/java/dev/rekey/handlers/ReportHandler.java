package dev.rekey.handlers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.report.ReportWriter;
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

    /** The document has the fields of all parts side by side. */
    private record Answer(
            @JsonUnwrapped Subject subject,
            @JsonUnwrapped Ending ending,
            @JsonUnwrapped Work work,
            @JsonUnwrapped Addresses addresses) {}

    private record Subject(RunId run, String action, PlanName plan) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Ending(
            String outcome,
            Optional<Readiness> verdict,
            String message,
            Optional<String> error,
            Optional<String> cause) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Work(
            Map<Counted, Long> counts, Map<String, Object> verification, Map<Counted, Long> remaining, int drift) {}

    private record Addresses(String report, String page) {}

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var task = payload.task();
        return switch (new ReportState(ports).run(task, RunOutcome.of(payload.text("ending")), payload.text("cause"))) {
            case ReportWriter.ReportOutcome.Written written ->
                answer(written.report(), address(written.json()), address(written.html()));
            // Caught by the workflow, which then says that the run is another's.
            case ReportWriter.ReportOutcome.Superseded _ ->
                throw new IllegalStateException("another execution has taken over run " + task.run());
        };
    }

    private static Answer answer(RunReport report, String json, String page) {
        var subject = report.subject();
        var ending = report.ending();
        return new Answer(
                new Subject(subject.run(), subject.action(), subject.plan()),
                new Ending(
                        ending.error().isPresent() ? "failed" : ending.outcome(),
                        ending.verdict(),
                        ending.message(),
                        ending.error(),
                        ending.error().map(error -> ending.message() + " Report: " + page)),
                new Work(
                        report.work().counts(),
                        verification(report),
                        report.verified().remaining(),
                        report.others().drift().size()),
                new Addresses(json, page));
    }

    private static Map<String, Object> verification(RunReport report) {
        if (report.verified().verification().isEmpty()) {
            return Map.of();
        }
        var all = new TreeMap<String, Object>();
        report.verified().verification().forEach((what, count) -> all.put(what.word(), count));
        all.put("verdict", report.ending().error().isPresent() ? "failed" : "passed");
        return all;
    }

    private String address(ObjectKey key) {
        return "s3://" + bootstrap().settings().bucket() + "/" + key.name();
    }
}
