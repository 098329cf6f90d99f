package dev.rekey.engine.verify;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.RemovedReferences;
import dev.rekey.engine.join.WrittenKeys;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The matching of one level of a verification: references against what the target holds of this level and of those
 * before, and target keys against those that were logged.
 */
public final class LevelMatch {
    /** What the names begin with of what one partition has noted. */
    static final String NOTED = "match-";

    private final RunContext run;
    private final Documents documents;
    private final FamilyRecords source;
    private final Invocation invocation;
    private final Existing outOfScope;
    private final Unlogged unlogged;
    private final RunId task;
    private final int level;
    private final Search search;
    private final boolean whole;

    /**
     * What is matched.
     *
     * @param task the execution that verifies
     * @param level from 1
     * @param whole whether all records of the run are judged: then it is listed what the run wrote
     */
    public record Work(RunId task, int level, Search search, boolean whole) {}

    /**
     * @param outOfScope looks up records of tables that the run does not work on
     * @param unlogged says what records of the target are that the run did not log
     */
    public LevelMatch(
            RunContext run,
            Documents documents,
            FamilyRecords source,
            Existing outOfScope,
            Unlogged unlogged,
            Invocation invocation,
            Work work) {
        this.run = run;
        this.documents = documents;
        this.source = source;
        this.outOfScope = outOfScope;
        this.unlogged = unlogged;
        this.invocation = invocation;
        this.task = work.task();
        this.level = work.level();
        this.search = work.search();
        this.whole = work.whole();
    }

    /** Matches one partition, and writes down what was found. */
    public void match(int partition) {
        var written = new WrittenKeys();
        var removed = new RemovedReferences(written);
        var matching = new MatchPartition(documents, outOfScope, removed);
        var found = matching.match(prefix(level), earlier(), partition);
        var noted = new Noted();
        references(partition, found, noted);
        found.keys()
                .collided()
                .forEach(one -> noted.add(
                        Verdict.COLLIDED,
                        one.records() - 1,
                        new Difference(
                                Verdict.COLLIDED,
                                one.table(),
                                one.key(),
                                List.of(),
                                List.of(),
                                one.records(),
                                Optional.empty(),
                                false)));
        found.identities().found().forEach(orphan -> reference(Verdict.LATE_REFERENCE, orphan, noted));
        arrived(removed, matching).forEach(one -> reference(Verdict.REMOVED_REFERENCE, one, noted));
        unlogged(partition, found, noted);
        new NotedDifferences(documents, run.folder(), task, level)
                .write(NOTED + "%05d".formatted(partition), noted.differences, true);
        if (whole) {
            written.write(documents, run.folder().written(level, partition));
        }
        documents.put(
                run.folder().match(VerifyWork.join(task, level), partition),
                new LevelMatched(noted.counts, found.sightings()));
    }

    private List<Orphan> arrived(RemovedReferences removed, MatchPartition matching) {
        if (removed.isEmpty()) {
            return List.of();
        }
        // What is read once is read before requests are made side by side.
        var _ = run.families();
        return removed.arrived(matching, source, invocation);
    }

    private static final class Noted {
        private final Map<TableName, Map<Verdict, Long>> counts = new TreeMap<>();
        private final List<Difference> differences = new ArrayList<>();

        void add(Verdict verdict, long count, Difference difference) {
            count(verdict, difference.table(), count);
            differences.add(difference);
        }

        void count(Verdict verdict, TableName table, long count) {
            counts.computeIfAbsent(table, _ -> new EnumMap<>(Verdict.class)).merge(verdict, count, Long::sum);
        }
    }

    private void references(int partition, Matched found, Noted noted) {
        if (found.identities().orphans().isEmpty() && found.keys().late().isEmpty()) {
            return;
        }
        var attribution = Attribution.of(run, documents, source, invocation, partition, found);
        var late = found.keys().late().stream()
                .filter(one -> !unlogged.isCounted(one))
                .toList();
        attribution
                .ofLate(late)
                .forEach((one, verdict) ->
                        noted.add(verdict, 1, new Difference(verdict, one.table(), one.source(), List.of())));
        var verdicts = attribution.of(found.identities().orphans());
        found.identities()
                .orphans()
                .forEach(orphan -> reference(verdicts.get(Attribution.identity(orphan)), orphan, noted));
    }

    private static void reference(Verdict verdict, Orphan reference, Noted noted) {
        int places = (int) Math.min(Integer.MAX_VALUE, reference.count());
        noted.add(
                verdict,
                reference.count(),
                new Difference(
                        verdict,
                        reference.table(),
                        reference.example(),
                        List.of(reference.path()),
                        List.of(),
                        places > 1 ? places : 0,
                        Optional.of(new Identity(reference.family(), reference.id())),
                        false));
    }

    private void unlogged(int partition, Matched found, Noted noted) {
        var of = unlogged.of(found.keys().unloggedExamples());
        of.toDelete().forEach((table, still) -> still.write(documents, run.folder(), task, table, partition));
        of.verdicts().forEach((example, verdict) -> {
            noted.count(verdict, example.table(), 1);
            if (Differences.OfPage.isNoted(verdict)) {
                noted.differences.add(new Difference(verdict, example.table(), example.key(), List.of())
                        .onDrift(verdict == Verdict.UNEXPECTED));
            }
        });
    }

    private Earlier earlier() {
        var joins = IntStream.range(1, level).mapToObj(this::prefix).toList();
        // Old ids may stand anywhere: at the last level all values are there to be compared with all ids.
        boolean everything =
                search == Search.STALE_IDS && level == run.manifest().levels().size();
        return new Earlier(joins, everything ? Optional.empty() : Optional.of(run.referredAt(level)));
    }

    private String prefix(int ofLevel) {
        return run.folder().joinPrefix(VerifyWork.join(task, ofLevel));
    }
}
