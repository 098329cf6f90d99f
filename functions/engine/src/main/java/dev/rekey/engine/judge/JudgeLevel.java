package dev.rekey.engine.judge;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.survey.IdsFound;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.verify.VerifyWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the verification of one level. */
public final class JudgeLevel {
    private static final int DIFFERENCES_IN_REPORT = 100;

    private final Documents documents;
    private final OpenedRun run;
    private final RunId task;

    /** @param task the execution that verifies */
    public JudgeLevel(Documents documents, OpenedRun run, RunId task) {
        this.documents = documents;
        this.run = run;
        this.task = task;
    }

    /** Where the result of a level lies. */
    public static ObjectKey key(OpenedRun run, RunId task, int level) {
        return run.folder().key("verifications/%s/level-%d.json".formatted(task, level));
    }

    public LevelResult judge(int level) {
        var tables = new TreeMap<TableName, Map<String, Long>>();
        var tally = Tally.of(
                documents,
                run.folder(),
                Stage.verify(task, "source"),
                run.manifest().level(level));
        run.manifest()
                .level(level)
                .forEach(table ->
                        tables.put(table, new TreeMap<>(tally.byTable().getOrDefault(table, Map.of()))));
        var differences = noted(level);
        var matched = Matches.all(documents, run, VerifyWork.join(task, level));
        dangling(matched, tables, differences);
        unlogged(matched, tables, differences);
        var failures = tables.values().stream()
                .mapToLong(counts -> Arrays.stream(Verdict.values())
                        .filter(Verdict::isFailure)
                        .mapToLong(verdict -> counts.getOrDefault(verdict.word(), 0L))
                        .sum())
                .sum();
        var result = new LevelResult(
                1,
                level,
                tables,
                failures,
                differences.stream().limit(DIFFERENCES_IN_REPORT).toList(),
                // The last level is matched with the values of all levels.
                level == run.manifest().levels().size() ? new IdsFound(run).stale(matched.sightings()) : List.of());
        documents.put(key(run, task, level), result);
        return result;
    }

    private List<Difference> noted(int level) {
        var noted = new ArrayList<Difference>();
        for (var key : documents.list(VerifyWork.differences(run.folder(), task, level))) {
            if (noted.size() < DIFFERENCES_IN_REPORT) {
                noted.addAll(
                        Arrays.asList(documents.get(key, Difference[].class).value()));
            }
        }
        return noted;
    }

    private static void dangling(
            Matched matched, Map<TableName, Map<String, Long>> tables, List<Difference> differences) {
        for (var orphan : matched.orphans()) {
            tables.computeIfAbsent(orphan.table(), name -> new TreeMap<>())
                    .merge(Verdict.DANGLING.word(), orphan.count(), Long::sum);
            differences.add(
                    new Difference(Verdict.DANGLING.word(), orphan.table(), orphan.example(), List.of(orphan.path())));
        }
    }

    private void unlogged(Matched matched, Map<TableName, Map<String, Long>> tables, List<Difference> differences) {
        matched.unlogged()
                .forEach((table, count) -> tables.computeIfAbsent(table, name -> new TreeMap<>())
                        .merge(unloggedVerdict(table).word(), count, Long::sum));
        matched.unloggedExamples().stream()
                .filter(example -> unloggedVerdict(example.table()).isFailure())
                .forEach(example -> differences.add(
                        new Difference(Verdict.UNEXPECTED.word(), example.table(), example.key(), List.of())));
    }

    private Verdict unloggedVerdict(TableName table) {
        return run.manifest().table(table).targetWasEmpty() ? Verdict.UNEXPECTED : Verdict.PREEXISTING;
    }
}
