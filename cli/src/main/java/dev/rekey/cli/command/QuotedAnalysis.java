package dev.rekey.cli.command;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanDifference;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest analysis of a plan: of the plan as it is, or else of what it was.
 *
 * @param changed where the plan has changed since, such as {@code tables.Units.set}; empty if it has not
 */
record QuotedAnalysis(RunId run, RunOptions options, Analysis analysis, List<String> changed) {
    /** Older runs are not searched for an analysis. */
    private static final int RUNS_SEARCHED = 100;

    /** Empty if there is none. A manifest names its plan in a fraction of what an analysis holds. */
    static Optional<QuotedAnalysis> find(Documents documents, PlanReading.Valid reading) {
        var plan = reading.plan();
        var runs = new RunList(documents)
                .newest(RUNS_SEARCHED).reversed().stream()
                        .flatMap(run -> run.manifest().stream())
                        .filter(manifest -> manifest.plan().equals(plan.name()))
                        .toList();
        return Stream.concat(
                        runs.stream().filter(manifest -> isOf(manifest, plan)),
                        runs.stream().filter(manifest -> !isOf(manifest, plan)))
                .flatMap(manifest -> find(documents, reading, manifest).stream())
                .findFirst();
    }

    private static boolean isOf(Manifest manifest, Plan plan) {
        return manifest.fingerprint().equals(plan.fingerprint());
    }

    private static Optional<QuotedAnalysis> find(Documents documents, PlanReading.Valid reading, Manifest manifest) {
        var folder = new RunFolder(manifest.run());
        return documents
                .find(folder.report(Analysis.NAME), Analysis.class)
                .map(Versioned::value)
                .map(analysis -> new QuotedAnalysis(
                        manifest.run(),
                        manifest.options(),
                        analysis,
                        isOf(manifest, reading.plan()) ? List.of() : changed(documents, folder, manifest, reading)));
    }

    private static List<String> changed(
            Documents documents, RunFolder folder, Manifest manifest, PlanReading.Valid now) {
        return documents
                .bytes(folder.planAsWritten())
                .map(stored -> PlanReader.read(
                        new String(stored.content(), StandardCharsets.UTF_8),
                        manifest.options().parameters()))
                .map(reading -> switch (reading) {
                    case PlanReading.Valid(var _, var before, var _) -> PlanDifference.paths(before, now.canonical());
                    case PlanReading.Invalid _ -> List.<String>of();
                })
                .orElse(List.of());
    }

    boolean isOfThisPlan(Plan plan) {
        return analysis.subject().fingerprint().equals(plan.fingerprint());
    }

    /** Whether its counts are those of a migration of {@code part} of {@code plan}. */
    boolean counts(Plan plan, Scope part) {
        return isOfThisPlan(plan)
                && options.sample().isEmpty()
                && options.scope().equals(part);
    }
}
