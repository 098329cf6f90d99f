package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the reading of all source tables found. The JSON document has the fields of all parts side by side.
 *
 * @param format 1
 * @param subject what was read
 * @param judgement what that means for a migration
 * @param orphans the first of them
 * @param collisionProbability at most this likely two old ids get one new number id, 0 to 1, by family
 * @param survey what was counted, and what a migration takes
 */
public record Analysis(
        int format,
        @JsonUnwrapped Subject subject,
        @JsonUnwrapped Judgement judgement,
        Map<TableName, Map<Counted, Long>> tables,
        List<Orphan> orphans,
        Map<FamilyName, Double> collisionProbability,
        Survey survey) {
    public static final String NAME = "analysis.json";

    /** The run, and its plan. */
    public record Subject(RunId run, PlanName plan, Fingerprint fingerprint) {}

    /**
     * Whether the plan fits its data.
     *
     * @param blockers what keeps a migration from writing; there is at least one exactly if the verdict is {@link Readiness#NOT_READY}
     * @param warnings what somebody should look at
     * @param decided what the plan has decided, such as with {@code onOrphan: keep}
     * @param problems all of these again, each as a problem of the plan
     */
    public record Judgement(
            Readiness verdict,
            List<FindingGroup> blockers,
            List<FindingGroup> warnings,
            List<FindingGroup> decided,
            List<Problem> problems) {
        public Judgement {
            // Earlier versions of Rekey wrote none.
            decided = decided == null ? List.of() : List.copyOf(decided);
        }

        static Judgement of(Findings found) {
            return new Judgement(
                    verdict(found.blockers(), found.warnings()),
                    found.blockers(),
                    found.warnings(),
                    found.decided(),
                    problems(found));
        }

        private static Readiness verdict(List<FindingGroup> blockers, List<FindingGroup> warnings) {
            if (!blockers.isEmpty()) {
                return Readiness.NOT_READY;
            }
            return warnings.isEmpty() ? Readiness.READY : Readiness.READY_WITH_WARNINGS;
        }

        private static List<Problem> problems(Findings found) {
            return Stream.of(
                            found.blockers().stream().map(one -> one.problem(Severity.ERROR)),
                            found.warnings().stream().map(one -> one.problem(Severity.WARNING)),
                            found.decided().stream().map(one -> one.problem(Severity.NOTE)))
                    .flatMap(each -> each)
                    .toList();
        }
    }

    public Readiness verdict() {
        return judgement.verdict();
    }

    public List<FindingGroup> blockers() {
        return judgement.blockers();
    }

    public List<FindingGroup> warnings() {
        return judgement.warnings();
    }

    public List<FindingGroup> decided() {
        return judgement.decided();
    }

    public List<Problem> problems() {
        return judgement.problems();
    }

    /** One sentence for the user who started the run. */
    public String message() {
        var errors = problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return survey.sampled()
                            .map(records -> "The plan fits a sample of " + Wording.count(records, "record")
                                    + " of each table: ")
                            .orElse("The plan fits its data: ")
                    + verdict().word() + "." + probabilities();
        }
        var first = errors.getFirst();
        int others = errors.size() - 1;
        return "Plan %s does not fit its data: %s at %s: %s.%s No table was written to. %s"
                .formatted(
                        subject.plan().value(),
                        first.id(),
                        first.path(),
                        first.fact(),
                        others == 0 ? "" : " The report names " + Wording.count(others, "more problem") + ".",
                        first.hint());
    }

    private String probabilities() {
        return collisionProbability.entrySet().stream()
                .map(one -> " The probability that two ids of %s collide is at most %.1e."
                        .formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
    }
}
