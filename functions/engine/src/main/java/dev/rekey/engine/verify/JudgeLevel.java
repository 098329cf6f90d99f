package dev.rekey.engine.verify;

import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.IdsFound;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sums up the verification of one level. */
public final class JudgeLevel {
    private static final int DIFFERENCES_IN_REPORT = 100;

    private final Documents documents;
    private final RunContext run;
    private final RunId task;
    private final VerifyScope scope;

    /**
     * @param task the execution that verifies
     * @param scope which records it judges
     */
    public JudgeLevel(Documents documents, RunContext run, RunId task, VerifyScope scope) {
        this.documents = documents;
        this.run = run;
        this.task = task;
        this.scope = scope;
    }

    /** Where the result of a level lies. */
    public static ObjectKey key(RunContext run, RunId task, int level) {
        return key(run.manifest().run(), task, level);
    }

    static ObjectKey key(RunId run, RunId task, int level) {
        return new ObjectKey("%s%s/level-%d.json".formatted(prefix(run), task, level));
    }

    /** What the names of all results of verifications of a run begin with; the execution that verified follows. */
    static String prefix(RunId run) {
        return new RunFolder(run).key("verifications/").name();
    }

    /** @param ofMerges what is said of the merges of the run, whatever level their records are of */
    public LevelResult judge(int level, List<Difference> ofMerges) {
        var source = checkpoints("source", level);
        var target = checkpoints("target", level);
        var tables = new TreeMap<TableName, Map<Counted, Long>>();
        var tally = source.tally().byTable();
        run.manifest().level(level).stream()
                .filter(scope.part()::includes)
                .forEach(table -> tables.put(table, Counted.sum(tally.getOrDefault(table, Map.of()), Map.of())));
        var matched = LevelMatched.of(documents, run, task, level);
        matched.counts()
                .forEach((table, verdicts) -> verdicts.forEach((verdict, count) -> {
                    if (scope.part().includes(table)) {
                        add(tables, table, verdict, count);
                    }
                }));
        ofMerges.forEach(one -> add(tables, one.table(), one.verdict(), 1));
        new NotedDifferences(documents, run.folder(), task, level)
                .write("merges", ofMerges, run.known().merges());
        var digests = new TreeMap<TableName, Map<String, TableDigest>>();
        source.addDigests(digests);
        target.addDigests(digests);
        var result = new LevelResult(
                1,
                level,
                tables,
                failures(tables),
                new NotedDifferences(documents, run.folder(), task, level).first(DIFFERENCES_IN_REPORT),
                // The last level is matched with the values of all levels.
                level == run.manifest().levels().size() ? new IdsFound(run).stale(matched.sightings()) : List.of(),
                new LevelResult.Reading(
                        digests,
                        Stream.of(source.timeline("verify", level), target.timeline("verifyTarget", level))
                                .flatMap(Optional::stream)
                                .toList()));
        documents.put(key(run, task, level), result);
        return result;
    }

    private StageCheckpoints checkpoints(String side, int level) {
        var tables = run.manifest().level(level);
        return StageCheckpoints.of(documents, run.folder(), Stage.verify(task, side), tables::contains);
    }

    private static long failures(Map<TableName, Map<Counted, Long>> tables) {
        return tables.values().stream()
                .mapToLong(counts -> Arrays.stream(Verdict.values())
                        .filter(Verdict::isFailure)
                        .mapToLong(verdict -> verdict.counted().in(counts))
                        .sum())
                .sum();
    }

    private static void add(Map<TableName, Map<Counted, Long>> tables, TableName table, Verdict verdict, long records) {
        tables.computeIfAbsent(table, _ -> new EnumMap<>(Counted.class)).merge(verdict.counted(), records, Long::sum);
    }
}
