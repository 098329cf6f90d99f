package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** What the newest verification of a plan lists as gone: the last of its newest run that was of the whole plan. */
public final class ListedGone {
    private final Documents documents;
    private final EarlierRuns earlier;
    private final Optional<Verification> newest;

    private record Verification(Manifest run, RunId task) {}

    private ListedGone(Documents documents, EarlierRuns earlier, Optional<Verification> newest) {
        this.documents = documents;
        this.earlier = earlier;
        this.newest = newest;
    }

    /** @param earlier the runs of the plan */
    public static ListedGone of(Documents documents, EarlierRuns earlier) {
        return new ListedGone(
                documents,
                earlier,
                earlier.all().stream()
                        .map(EarlierRun::manifest)
                        .filter(run -> run.options().scope().isEverything())
                        .findFirst()
                        .flatMap(run -> newest(documents, run)));
    }

    private static Optional<Verification> newest(Documents documents, Manifest run) {
        var prefix = JudgeLevel.prefix(run.run());
        var tasks = new HashMap<RunId, Set<ObjectKey>>();
        for (var key : documents.list(prefix)) {
            var rest = key.name().substring(prefix.length());
            tasks.computeIfAbsent(new RunId(rest.substring(0, rest.indexOf('/'))), _ -> new HashSet<>())
                    .add(key);
        }
        return tasks.entrySet().stream()
                .filter(one -> levels(run)
                        .allMatch(level -> one.getValue().contains(JudgeLevel.key(run.run(), one.getKey(), level))))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(RunId::value).reversed())
                .filter(task -> VerifyScope.find(documents, new RunFolder(run.run()), task)
                        .part()
                        .isEverything())
                .findFirst()
                .map(task -> new Verification(run, task));
    }

    private static IntStream levels(Manifest run) {
        return IntStream.rangeClosed(1, run.levels().size());
    }

    /** The run whose records were verified; empty if there is none. */
    public Optional<RunId> run() {
        return newest.map(one -> one.run().run());
    }

    /** How many records of each table, of those that are copied. */
    public Map<TableName, Long> counts() {
        var counts = new TreeMap<TableName, Long>();
        newest.ifPresent(one -> levels(one.run())
                .mapToObj(level -> documents
                        .get(JudgeLevel.key(one.run().run(), one.task(), level), LevelResult.class)
                        .value())
                .forEach(level -> level.tables().forEach((table, found) -> {
                    long gone = Counted.GONE.in(found);
                    if (gone > 0 && isCopied(one.run(), table)) {
                        counts.merge(table.named(), gone, Long::sum);
                    }
                })));
        return counts;
    }

    /**
     * Their keys in the target, by table.
     *
     * @param most how many of all; those of the last levels first, since they refer to the others
     */
    public Map<TableName, Set<Key>> keys(int most) {
        return counts().isEmpty() ? new TreeMap<>() : keys(most, (_, one) -> one.verdict() == Verdict.GONE);
    }

    /**
     * The same with those that others have changed, as far as a run wrote them.
     *
     * @param isTarget whether a table is still copied to where it was when it was verified
     */
    public Map<TableName, Set<Key>> keysToKeep(int most, BiPredicate<TableName, TableShape> isTarget) {
        var keys = keys(
                most,
                (note, one) -> one.verdict() == Verdict.GONE
                        || (one.verdict() == Verdict.DRIFTED
                                && (isOfUnlogged(note) || one.table().isGone())));
        keys.forEach((table, some) -> {
            var target = newest.orElseThrow().run().shapes(table).target();
            var writes = new EarlierWrites(documents, earlier, table, target);
            some.removeIf(key -> !isTarget.test(table, target) || !writes.hasWritten(key));
        });
        keys.values().removeIf(Set::isEmpty);
        return keys;
    }

    /** Whether the object holds what was said of target records that the run had not logged. */
    private static boolean isOfUnlogged(ObjectKey note) {
        return note.name().contains("/notes/" + LevelMatch.NOTED);
    }

    private Map<TableName, Set<Key>> keys(int most, BiPredicate<ObjectKey, Difference> wanted) {
        var keys = new TreeMap<TableName, Set<Key>>();
        if (newest.isEmpty()) {
            return keys;
        }
        var run = newest.get().run();
        int last = run.levels().size();
        IntStream.rangeClosed(1, last).map(i -> last + 1 - i).forEach(level -> {
            var noted = new NotedDifferences(
                    documents, new RunFolder(run.run()), newest.get().task(), level);
            noted.notes()
                    .forEach(note -> documents.eachLine(List.of(note), Difference.class, one -> {
                        boolean more =
                                keys.values().stream().mapToInt(Set::size).sum() < most;
                        if (more && wanted.test(note, one) && isCopied(run, one.table())) {
                            keys.computeIfAbsent(one.table().named(), _ -> new HashSet<>())
                                    .add(new Key(TypedJson.parse(one.record())));
                        }
                    }));
        });
        return keys;
    }

    private static boolean isCopied(Manifest run, TableName table) {
        var shapes = run.shapes(table.named());
        return !shapes.source().isSameTableAs(shapes.target());
    }
}
