package dev.rekey.engine.report;

import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunReport.ReportedCheck;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every check that was made of the data, also those that found nothing: a reader wants to see what was looked at. */
final class ReportedChecks {
    private final RunContext run;
    private final List<ReportedCheck> all = new ArrayList<>();

    private ReportedChecks(RunContext run) {
        this.run = run;
    }

    /**
     * @param analysis before the first write; empty if there was none
     * @param levels results of a verification; empty if there was none
     */
    static List<ReportedCheck> of(RunContext run, Optional<Analysis> analysis, List<LevelResult> levels) {
        var checks = new ReportedChecks(run);
        analysis.ifPresent(checks::before);
        levels.forEach(level -> level.tables().forEach(checks::after));
        return List.copyOf(checks.all);
    }

    private void before(Analysis analysis) {
        var findings = Stream.of(analysis.blockers(), analysis.warnings(), analysis.decided())
                .flatMap(List::stream)
                .toList();
        var references = PlanReferences.of(run);
        for (var table : run.plan().tables()) {
            if (run.manifest().tables().containsKey(table.name())) {
                declared(table, findings);
                references.stream()
                        .filter(reference -> reference.table().equals(table.name()))
                        .map(RunReport.ReportedReference::path)
                        .distinct()
                        .forEach(path -> add("reference.orphan", table, path, findings));
            }
        }
    }

    private void declared(TablePlan table, List<FindingGroup> findings) {
        var checks = table.checks();
        texts(checks.required()).forEach(path -> add("check.required", table, path, findings));
        checks.unique().forEach(paths -> add("check.unique", table, Checks.text(paths), findings));
        if (findings.stream().noneMatch(group -> group.id().equals("check.acyclic-too-large"))) {
            texts(checks.acyclic()).forEach(path -> add("check.acyclic", table, path, findings));
        }
        checks.agree().forEach(one -> add("check.agree", table, one.path().text(), findings));
        texts(checks.requiredAfter()).forEach(path -> add("check.required-after", table, path, findings));
    }

    private static Stream<String> texts(List<ReferencePath> paths) {
        return paths.stream().map(ReferencePath::text);
    }

    private void add(String id, TablePlan table, String path, List<FindingGroup> findings) {
        long found = findings.stream()
                .filter(group -> group.id().equals(id)
                        && group.table().equals(Optional.of(table.name()))
                        && group.path().equals(path))
                .mapToLong(FindingGroup::count)
                .sum();
        all.add(new ReportedCheck(id, table.name(), Optional.of(path), found));
    }

    private void after(TableName table, Map<Counted, Long> verdicts) {
        all.add(new ReportedCheck("verifyRecords", table, Optional.empty(), failures(verdicts, false)));
        all.add(new ReportedCheck("verifyReferences", table, Optional.empty(), failures(verdicts, true)));
    }

    private static long failures(Map<Counted, Long> verdicts, boolean ofReferences) {
        Predicate<Verdict> counts = verdict -> verdict.isFailure() && verdict.isOfReference() == ofReferences;
        return Arrays.stream(Verdict.values())
                .filter(counts)
                .mapToLong(verdict -> verdict.counted().in(verdicts))
                .sum();
    }
}
