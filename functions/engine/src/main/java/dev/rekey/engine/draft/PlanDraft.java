package dev.rekey.engine.draft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.RecordWalk;
import dev.rekey.engine.join.Value;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Drafts a plan from tables: reads all their records twice, first for their keys, then to compare every value with all
 * keys; before that once more those of tables that hold several kinds of records. Holds 11 to 22 bytes in memory for each
 * value of a key attribute, and what it counts for each path.
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
        var sorted = kinds(sources).stream()
                .sorted(Comparator.comparing(SourceTable::name))
                .toList();
        var sets = KeySets.of(sorted);
        all(sorted, table -> collect(sets, table));
        var census = new DraftStatistics(sets, all(sorted, table -> count(sets, table)));
        var drafts = census.drafts();
        var text = PlanText.of(from.text(), target.map(TableTemplate::text), drafts);
        return new DraftedPlan(
                text,
                drafts.size(),
                drafts.stream().mapToLong(TableDraft::records).sum(),
                drafts.stream().mapToLong(TableDraft::active).sum(),
                drafts.stream().mapToLong(TableDraft::doubtful).sum(),
                drafts.stream().mapToLong(draft -> draft.composites().size()).sum(),
                text.lines().filter(line -> line.contains(PlanText.TO_DECIDE)).count());
    }

    /** Tables whose records are of several kinds, told apart. */
    private List<SourceTable> kinds(List<SourceTable> sources) {
        var found = all(sources, table -> {
            // Most tables hold records of one kind, as their first page shows.
            var sample = new KindsInTable();
            source.read(Division.whole(table.shape(), false))
                    .page(ALL, Optional.empty())
                    .items()
                    .forEach(sample::add);
            var kinds = new KindsInTable();
            if (sample.areSeveral()) {
                var _ = read(table.shape(), kinds::add);
            }
            return kinds;
        });
        var names = new HashSet<TableName>();
        sources.forEach(table -> names.add(table.name()));
        var tables = new ArrayList<SourceTable>();
        for (int i = 0; i < sources.size(); i++) {
            var ofTable = found.get(i).tables(sources.get(i), names);
            ofTable.forEach(table -> names.add(table.name()));
            tables.addAll(ofTable);
        }
        return tables;
    }

    private <T> List<T> all(List<SourceTable> sources, Function<SourceTable, T> work) {
        var each = sources.stream()
                .<Supplier<T>>map(table -> () -> work.apply(table))
                .toList();
        return concurrency.all(each, TABLES_AT_ONCE);
    }

    private long collect(KeySets sets, SourceTable table) {
        var own = sets.of(table);
        return read(table, item -> KeySets.collect(own, item));
    }

    private DraftStatistics.Counted count(KeySets sets, SourceTable table) {
        var root = new PathNode(sets.all().size());
        var composites = new CompositeTallies(table);
        long records = read(table, item -> {
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

    /** @return how many records of {@code table} there are */
    private long read(SourceTable table, Consumer<Map<String, AttributeValue>> each) {
        var records = new AtomicLong();
        var _ = read(table.shape(), item -> {
            if (table.has(item)) {
                records.incrementAndGet();
                each.accept(item);
            }
        });
        return records.get();
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
