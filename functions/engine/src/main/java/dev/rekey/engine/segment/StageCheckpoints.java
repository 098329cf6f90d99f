package dev.rekey.engine.segment;

import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The checkpoints of a stage, each read once. */
public record StageCheckpoints(List<OfSegment> segments) {

    /** One segment's checkpoint. */
    public record OfSegment(TableName table, Checkpoint checkpoint) {}

    /** Of all tables. */
    public static StageCheckpoints of(Documents documents, RunFolder folder, Stage stage) {
        return of(documents, folder, stage, _ -> true);
    }

    /** Of a rollback, without what an earlier one took back. */
    public static StageCheckpoints of(Documents documents, RunFolder folder, Undoing how) {
        return of(documents, folder, how.stage(), table -> !how.undone().contains(table));
    }

    /** Of the tables that {@code wanted} takes. */
    public static StageCheckpoints of(Documents documents, RunFolder folder, Stage stage, Predicate<TableName> wanted) {
        var prefix = folder.checkpointPrefix(stage);
        var keys = documents.list(prefix).stream()
                .filter(key -> wanted.test(tableOf(prefix, key)))
                .toList();
        return new StageCheckpoints(documents.each(
                keys,
                key -> new OfSegment(
                        tableOf(prefix, key),
                        documents.get(key, Checkpoint.class).value())));
    }

    private static TableName tableOf(String prefix, ObjectKey key) {
        return new TableName(key.folderIn(prefix));
    }

    public Tally tally() {
        var byTable = new TreeMap<TableName, Map<Counted, Long>>();
        each((table, gathered) ->
                Counted.add(gathered.counts(), byTable.computeIfAbsent(table, _ -> new EnumMap<>(Counted.class))));
        return new Tally(byTable);
    }

    /** What was counted beside the counts, by table. */
    public Map<TableName, SegmentStatistics> statistics() {
        var all = new TreeMap<TableName, SegmentStatistics>();
        each((table, gathered) ->
                all.merge(table, gathered.statistics().orElse(SegmentStatistics.NOTHING), SegmentStatistics::plus));
        return all;
    }

    /** Adds the digests of every table to {@code digests}. */
    public void addDigests(Map<TableName, Map<String, TableDigest>> digests) {
        each((table, gathered) -> {
            var sum = digests.computeIfAbsent(table, name -> new TreeMap<>());
            gathered.digests().forEach((name, digest) -> sum.merge(name, digest, TableDigest::plus));
        });
    }

    private void each(BiConsumer<TableName, Gathered> table) {
        segments.forEach(segment ->
                segment.checkpoint().collected().tables(segment.table()).forEach(table));
    }

    /**
     * How the stage went; empty if nothing of it is known.
     *
     * @param stage its name in reports
     * @param level from 1; 0 for a stage that knows no levels
     */
    public Optional<Timeline> timeline(String stage, int level) {
        var works = new ArrayList<SegmentSpan>();
        for (var segment : segments) {
            var checkpoint = segment.checkpoint();
            boolean throttled = checkpoint.pace().filter(PaceState::metRefusals).isPresent();
            checkpoint.history().ifPresent(history -> works.add(new SegmentSpan(segment.table(), history, throttled)));
        }
        return Timeline.of(stage, level, works);
    }

    /** Only those of some tables. */
    public StageCheckpoints only(Collection<TableName> tables) {
        return new StageCheckpoints(segments.stream()
                .filter(segment -> tables.contains(segment.table()))
                .toList());
    }
}
