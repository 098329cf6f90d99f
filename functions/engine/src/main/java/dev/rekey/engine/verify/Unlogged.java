package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Late;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Still;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Time;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says what records of the target are that the run did not log: they were there before, others wrote them, a later run of the plan
 * did, or an earlier run did and the record that they were copied from is gone.
 */
public final class Unlogged {
    private final RunContext run;
    private final Documents documents;
    private final LaterWrites later;
    private final Function<TableName, KeyReader> target;
    private final Time time;
    private final EarlierRuns earlier;
    private final Once<FrozenGone> frozen;
    private final KeptGone kept;

    /** @param target reads records of a table that the run writes to */
    public Unlogged(
            RunContext run, Documents documents, LaterWrites later, Function<TableName, KeyReader> target, Time time) {
        this.run = run;
        this.documents = documents;
        this.later = later;
        this.target = target;
        this.time = time;
        this.earlier = EarlierRuns.of(documents, run.manifest());
        this.kept = KeptGone.with(documents, run.manifest(), earlier);
        this.frozen = new Once<>(() -> FrozenGone.of(documents, run.manifest()));
    }

    /** Whether the source record is a record of the target that a later run wrote, and that is counted as that. */
    boolean isCounted(Late late) {
        return late.present()
                .filter(key -> !late.logged() && later.include(late.table(), key))
                .isPresent();
    }

    /**
     * What keys are that stand in the target.
     *
     * @param toDelete those that the run is to delete, by table: its last level says what became of them
     */
    record Found(Map<KeyExample, Verdict> verdicts, Map<TableName, Still> toDelete) {}

    /** What each of {@code keys} is, which stand in the target. */
    Found of(List<KeyExample> keys) {
        var verdicts = new LinkedHashMap<KeyExample, Verdict>();
        var toDelete = new HashMap<TableName, Still>();
        keys.stream().collect(Collectors.groupingBy(KeyExample::table)).forEach((table, some) -> {
            var usual = usual(table);
            var asked = frozen.get().keys(table);
            var notThere = gone(table, some);
            var kept = keptLater(table, notThere.keySet());
            notThere.forEach((one, verdict) -> {
                if (asked.contains(one.key())) {
                    var still = toDelete.computeIfAbsent(table, _ -> new Still(new TreeSet<>(), new TreeSet<>()));
                    (verdict == Verdict.GONE ? still.keys() : still.changed()).add(one.key());
                } else {
                    verdicts.put(one, kept.contains(one.key()) ? Verdict.LATER_RUN : verdict);
                }
            });
            var left = toDelete.getOrDefault(table, new Still(Set.of(), Set.of()));
            some.stream()
                    .filter(one ->
                            !left.keys().contains(one.key()) && !left.changed().contains(one.key()))
                    .forEach(one -> verdicts.merge(
                            one, later.include(table, one.key()) ? Verdict.LATER_RUN : usual, (gone, _) -> gone));
        });
        return new Found(verdicts, toDelete);
    }

    private Set<String> keptLater(TableName table, Collection<KeyExample> gone) {
        var keys = gone.stream().map(one -> new Key(TypedJson.parse(one.key()))).toList();
        return later.keptGone(table, keys).stream().map(FrozenGone.Gone::text).collect(Collectors.toSet());
    }

    private Verdict usual(TableName table) {
        if (!run.manifest().table(table).targetWasEmpty()) {
            return Verdict.PREEXISTING;
        }
        // The log is complete, or nothing is verified: what it does not name, others have written.
        return run.plan().table(table).failsOnDrift() ? Verdict.UNEXPECTED : Verdict.DRIFTED;
    }

    /**
     * Those that an earlier run wrote and under whose key no source record belongs any more: gone if nobody changed them since,
     * and drifted otherwise. Each run names them until somebody has decided what becomes of them.
     */
    private Map<KeyExample, Verdict> gone(TableName table, List<KeyExample> keys) {
        if (earlier.isEmpty()) {
            return Map.of();
        }
        var writes = writesOf(earlier, table);
        // The record that would tell whether it is in the run's part is gone: what a run of the same part wrote was.
        var candidates =
                writesOf(earlier.ofPart(run.manifest().options().scope().where()), table);
        var written = new HashMap<Key, KeyExample>();
        keys.stream()
                .filter(one -> !one.inSource() && candidates.hasWritten(one.key()))
                .forEach(one -> written.put(new Key(TypedJson.parse(one.key())), one));
        // Whether others still refer to it, a rollback asks.
        written.keySet().removeIf(key -> earlier.created(table, key));
        if (!written.isEmpty()) {
            var byText = new HashMap<String, Key>();
            written.forEach((key, one) -> byText.put(one.key(), key));
            kept.of(table, byText).forEach((key, decided) -> {
                if (writes.isOlderThan(decided, key)) {
                    written.remove(key);
                }
            });
        }
        var gone = new LinkedHashMap<KeyExample, Verdict>();
        if (!written.isEmpty()) {
            target.apply(table).read(written.keySet()).forEach((key, record) -> {
                var one = written.get(key);
                if (hasExpired(table, record)) {
                    return;
                }
                if (writes.wrote(key, record)) {
                    gone.put(one, Verdict.GONE);
                } else if (writes.left(key) && !later.include(table, one.key())) {
                    gone.put(one, Verdict.DRIFTED);
                }
            });
        }
        return gone;
    }

    private EarlierWrites writesOf(EarlierRuns runs, TableName table) {
        return new EarlierWrites(
                documents, runs, table, run.manifest().table(table).target());
    }

    /** Its time to live may have taken the record from the source, and takes it from the target as well. */
    private boolean hasExpired(TableName table, Map<String, AttributeValue> record) {
        return run.manifest()
                .table(table)
                .target()
                .expiryOf(record)
                .filter(expiry -> expiry.hasPassed(time.instant()))
                .isPresent();
    }
}
