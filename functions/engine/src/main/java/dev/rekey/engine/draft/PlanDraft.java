package dev.rekey.engine.draft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.RecordWalk;
import dev.rekey.engine.join.Value;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.StoreException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Drafts a plan from tables: reads all their records twice, first for their keys, then to compare every value with all
 * keys. Holds 11 to 22 bytes in memory for each value of a key attribute, and what it counts for each path.
 */
public record PlanDraft(Source source, Concurrency concurrency) {
    private static final Segment ALL = new Segment(0, 1);
    private static final int TABLES_AT_ONCE = 8;

    /**
     * Reads every record of {@code sources}.
     *
     * @param sources at least one, each with another name
     * @throws StoreException if a table cannot be read
     */
    public DraftedPlan draft(TableTemplate from, Optional<TableTemplate> target, List<SourceTable> sources) {
        var sorted =
                sources.stream().sorted(Comparator.comparing(SourceTable::name)).toList();
        var sets = KeySets.of(sorted);
        all(sorted, table -> collect(sets, table));
        var census = new DraftStatistics(sets, all(sorted, table -> count(sets, table)));
        var drafts = census.drafts();
        return new DraftedPlan(
                PlanText.of(from.text(), target.map(TableTemplate::text), drafts),
                drafts.size(),
                drafts.stream().mapToLong(TableDraft::records).sum(),
                drafts.stream().mapToLong(TableDraft::active).sum(),
                drafts.stream().mapToLong(TableDraft::doubtful).sum(),
                drafts.stream().mapToLong(draft -> draft.composites().size()).sum());
    }

    private <T> List<T> all(List<SourceTable> sources, Function<SourceTable, T> work) {
        var each = sources.stream()
                .<Supplier<T>>map(table -> () -> work.apply(table))
                .toList();
        return concurrency.all(each, TABLES_AT_ONCE);
    }

    private long collect(KeySets sets, SourceTable table) {
        var own = sets.of(table);
        return read(table.shape(), item -> KeySets.collect(own, item));
    }

    private DraftStatistics.Counted count(KeySets sets, SourceTable table) {
        var root = new PathNode(sets.all().size());
        var composites = new CompositeTallies(table);
        long records = read(table.shape(), item -> {
            new RecordWalk<>(new Counting(sets, new OwnKeys(table, item))).fields(root, item);
            composites.add(item, sets);
        });
        return new DraftStatistics.Counted(table, records, root, composites);
    }

    /** Counts the values of one record. */
    private record Counting(KeySets sets, OwnKeys record) implements RecordWalk.Visitor<PathNode> {
        @Override
        public Optional<PathNode> at(PathNode place, Step step) {
            return place.at(step);
        }

        @Override
        public boolean see(PathNode place, Value value) {
            return place.tally().add(value, sets, record);
        }
    }

    /** @return how many records there are */
    private long read(TableShape table, Consumer<Map<String, AttributeValue>> each) {
        var pages = source.read(Division.whole(table, false));
        long records = 0;
        Optional<JsonNode> cursor = Optional.empty();
        do {
            var page = pages.page(ALL, cursor);
            page.items().forEach(each);
            records += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        return records;
    }
}
