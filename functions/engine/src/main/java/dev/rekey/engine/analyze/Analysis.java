package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.Problem;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the reading of all source tables found.
 *
 * @param format 1
 * @param blockers what keeps a migration from writing; there is at least one exactly if the verdict is {@link Readiness#NOT_READY}
 * @param warnings what somebody should look at
 * @param problems the blockers and warnings again, each as a problem of the plan
 * @param orphans the first of them
 * @param collisionProbability at most this likely two old ids get one new number id, 0 to 1, by family
 * @param survey what was counted, and what a migration takes
 */
public record Analysis(
        int format,
        RunId run,
        PlanName plan,
        Fingerprint fingerprint,
        Readiness verdict,
        List<FindingGroup> blockers,
        List<FindingGroup> warnings,
        List<Problem> problems,
        Map<TableName, Map<Counted, Long>> tables,
        List<Orphan> orphans,
        Map<FamilyName, Double> collisionProbability,
        Survey survey) {
    public static final String NAME = "analysis.json";

    static Readiness verdict(List<FindingGroup> blockers, List<FindingGroup> warnings) {
        if (!blockers.isEmpty()) {
            return Readiness.NOT_READY;
        }
        return warnings.isEmpty() ? Readiness.READY : Readiness.READY_WITH_WARNINGS;
    }

    /** One sentence for the user who started the run. */
    public String message() {
        var errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return survey.sampled()
                            .map(records -> "The plan fits a sample of " + Wording.count(records, "record")
                                    + " of each table: ")
                            .orElse("The plan fits its data: ")
                    + verdict.word() + "." + probabilities();
        }
        var first = errors.getFirst();
        return "Cannot migrate with plan %s: its data has %s%s %s at %s: %s. No table was written to. %s"
                .formatted(
                        plan.value(),
                        Wording.count(errors.size(), "problem"),
                        Wording.agree(errors.size(), ":", ", the first of which is"),
                        first.id(),
                        first.path(),
                        first.fact(),
                        first.hint());
    }

    private String probabilities() {
        return collisionProbability.entrySet().stream()
                .map(one -> " The probability that two ids of %s collide is at most %.1e."
                        .formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
    }
}
