package dev.rekey.engine.forecast;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.SizeHistogram;
import dev.rekey.engine.segment.Units;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What it takes to delete copies whose source records are gone. Nothing but the target knows how large they are, so the first of
 * each table are looked at there, and the others are taken for the same.
 */
public final class GoneCopies {
    /** So many of each table. Their keys are hashes, mostly: the first ones are as good as any. */
    static final int LOOKED_AT = 1_000;

    private final FrozenGone frozen;
    private final Function<TableName, KeyReader> target;

    /** @param target reads records of a table that the plan names */
    public GoneCopies(FrozenGone frozen, Function<TableName, KeyReader> target) {
        this.frozen = frozen;
        this.target = target;
    }

    /**
     * Those of one table.
     *
     * @param count how many are to be deleted
     * @param bytes of all of them, as far as they are there
     */
    public record OfTable(long count, long bytes, SegmentStatistics statistics) {}

    /** @param shape of the target */
    public OfTable of(TableName table, TableShape shape) {
        var all = frozen.of(table);
        var some = all.subList(0, Math.min(LOOKED_AT, all.size()));
        var found = List.copyOf(target.apply(table)
                .read(some.stream().map(Gone::target).collect(Collectors.toSet()))
                .values());
        double scale = some.isEmpty() ? 1 : (double) all.size() / some.size();
        var units = new EnumMap<Cost, Long>(Cost.class);
        units.put(Cost.PAGES, Math.ceilDiv((long) all.size(), FrozenGone.PAGE));
        units.put(Cost.TARGET_READ, sum(found, scale, one -> Units.reads(ItemSize.bytes(one))));
        units.put(Cost.TABLE_WRITE, sum(found, scale, one -> Units.writes(ItemSize.bytes(one))));
        units.put(Cost.INDEX_WRITE, sum(found, scale, one -> Units.indexes(one, shape)));
        return new OfTable(
                all.size(),
                sum(found, scale, ItemSize::bytes),
                new SegmentStatistics(SizeHistogram.EMPTY, Map.of(), 0, Map.of(), units));
    }

    private static long sum(
            List<Map<String, AttributeValue>> records, double scale, ToLongFunction<Map<String, AttributeValue>> what) {
        return Math.round(scale * records.stream().mapToLong(what).sum());
    }
}
