package dev.rekey.cli.command.demo;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Time;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import dev.rekey.examples.promotion.ExampleData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of the tour and what is put into them. */
final class Scenery {
    private static final long SEED = 20_260_101;
    private static final Duration A_MOMENT = Duration.ofMillis(20);

    private final Plan plan;
    private final Loader loader;
    private final Tables tables;
    private final List<ExampleRecord> first;
    private final int more;
    private final List<ExampleRecord> quote;
    private final Map<String, ExampleTable> shapes = ExampleData.environmentPromotionTables().stream()
            .collect(Collectors.toMap(ExampleTable::name, Function.identity()));

    /**
     * @param first the records of the source at first, from {@link #records}
     * @param more number of records that are added later
     */
    Scenery(Plan plan, Loader loader, Tables tables, List<ExampleRecord> first, int more) {
        this.plan = plan;
        this.loader = loader;
        this.tables = tables;
        this.first = first;
        this.more = more;
        this.quote = ExampleData.newQuote(SEED, first.size());
    }

    /** So many records for the source; takes about a second for 10,000. */
    static List<ExampleRecord> records(int number) {
        return ExampleData.environmentPromotion(SEED, number).toList();
    }

    /** Creates source and target tables and fills the source; gives the number of records. */
    long load() {
        var all = ExampleData.environmentPromotionTables();
        loader.create(all, this::source);
        loader.create(all, this::target);
        return loader.load(first.stream(), this::source);
    }

    int physicalTables() {
        return 2 * plan.tables().size();
    }

    /** Adds records to the source, among them a quote and what it refers to; gives their number. */
    long add() {
        var taken = first.stream().map(this::recordKey).collect(Collectors.toSet());
        var others =
                ExampleData.environmentPromotion(SEED + 1, more).filter(record -> !taken.contains(recordKey(record)));
        return loader.load(Stream.concat(others, quote.stream()), this::source);
    }

    /**
     * Deletes the copies of that quote and of what it refers to as soon as they are in the target, one or more in each
     * level.
     *
     * @param ended whether all writes to the target have ended
     * @return whether anything was deleted
     */
    boolean deleteCopies(Time time, BooleanSupplier ended) {
        boolean deleted = false;
        while (!ended.getAsBoolean()) {
            for (var record : quote) {
                var id = newId(record.table(), record.item().get("id").s());
                var copy = List.of(new Key(Map.of("id", AttributeValue.fromS(id))));
                var table = plan.table(new TableName(record.table())).target();
                if (!tables.read(table, copy).items().isEmpty()) {
                    tables.deleteAll(table, copy);
                    deleted = true;
                }
            }
            time.sleep(A_MOMENT);
        }
        return deleted;
    }

    /** Where a record stands: its table and its key. */
    private record RecordKey(String table, AttributeValue partition, Optional<AttributeValue> sort) {
        static RecordKey of(ExampleTable table, ExampleRecord record) {
            return new RecordKey(
                    record.table(),
                    record.item().get(table.partitionKey().name()),
                    table.sortKey().map(sort -> record.item().get(sort.name())));
        }
    }

    private RecordKey recordKey(ExampleRecord record) {
        return RecordKey.of(shapes.get(record.table()), record);
    }

    Contents target() {
        return Contents.of(tables, plan.tables().stream().map(TablePlan::target).toList());
    }

    private String newId(String table, String oldId) {
        var planned = plan.table(new TableName(table));
        return Derivation.of(new Family(planned.family(), planned.identity(), KeyType.S))
                .newText(new OldId(KeyType.S, oldId));
    }

    private String source(String table) {
        return plan.table(new TableName(table)).source().name();
    }

    private String target(String table) {
        return plan.table(new TableName(table)).target().name();
    }
}
