package dev.rekey.engine.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an execution answers at its end: a report in short. The document has the fields of all parts side by side.
 *
 * @param notes of the plan, after a migration
 */
public record ExecutionAnswer(
        @JsonUnwrapped Subject subject,
        @JsonUnwrapped Ending ending,
        @JsonUnwrapped Work work,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
        @JsonUnwrapped Addresses addresses) {

    record Subject(RunId run, String action, PlanName plan) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Ending(
            String outcome,
            Optional<Readiness> verdict,
            String message,
            Optional<String> error,
            Optional<String> cause) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Work(
            Map<Counted, Long> counts, Optional<Verification> verification, Map<Counted, Long> remaining, int drift) {}

    /** @param verdict {@code passed} or {@code failed} */
    record Verification(@JsonAnyGetter Map<Counted, Long> counts, String verdict) {}

    record Addresses(String report, String page) {}

    /**
     * The answer for {@code report}.
     *
     * @param json address of the report
     * @param page address of the same as HTML
     */
    public static ExecutionAnswer of(RunReport report, String json, String page) {
        var subject = report.subject();
        var ending = report.ending();
        return new ExecutionAnswer(
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
                        report.others().left()),
                notes(report),
                new Addresses(json, page));
    }

    /** They tell what to do after a migration: after anything else they would mislead. */
    private static List<String> notes(RunReport report) {
        return switch (RunOutcome.of(report.ending().outcome())) {
            case MIGRATED -> report.subject().basis().notes();
            case ANALYZED, REFUSED, TESTED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE -> List.of();
        };
    }

    private static Optional<Verification> verification(RunReport report) {
        return Optional.of(report.verified().verification())
                .filter(counts -> !counts.isEmpty())
                .map(counts -> new Verification(counts, report.ending().error().isPresent() ? "failed" : "passed"));
    }
}
