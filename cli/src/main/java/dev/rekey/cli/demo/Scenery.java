package dev.rekey.cli.demo;

import dev.rekey.engine.identity.Derivation;
import dev.rekey.engine.identity.Family;
import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.KeyType;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import dev.rekey.examples.promotion.ExampleData;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of the tour and what is put into them. */
final class Scenery {
    private static final long SEED = 20_260_101;
    private static final TableName QUOTES = new TableName("Quotes");

    private final Plan plan;
    private final Loader loader;
    private final Tables tables;
    private final int records;
    private final int more;
    private final Map<String, ExampleTable> shapes = ExampleData.environmentPromotionTables().stream()
            .collect(Collectors.toMap(ExampleTable::name, Function.identity()));

    /**
     * @param records number of records in the source at first
     * @param more number of records that are added later
     */
    Scenery(Plan plan, Loader loader, Tables tables, int records, int more) {
        this.plan = plan;
        this.loader = loader;
        this.tables = tables;
        this.records = records;
        this.more = more;
    }

    /** Creates source and target tables and fills the source; gives the number of records. */
    long load() {
        var all = ExampleData.environmentPromotionTables();
        loader.create(all, this::source);
        loader.create(all, this::target);
        return loader.load(ExampleData.environmentPromotion(SEED, records), this::source);
    }

    int physicalTables() {
        return 2 * plan.tables().size();
    }

    /** Adds records to the source, one of which will find its place in the target taken; gives their number. */
    long obstruct() {
        var known = new HashSet<Place>();
        ExampleData.environmentPromotion(SEED, records).forEach(record -> known.add(place(record)));
        var obstructed = ExampleData.obstructedQuote(SEED, records + more, this::newQuoteId);
        var added =
                ExampleData.environmentPromotion(SEED, records + more).filter(record -> !known.contains(place(record)));
        long loaded = loader.load(Stream.concat(added, obstructed.source().stream()), this::source);
        loader.load(Stream.of(obstructed.obstacle()), this::target);
        return loaded;
    }

    /** Where a record stands: its table and its key. */
    private record Place(String table, AttributeValue partition, Optional<AttributeValue> sort) {
        static Place of(ExampleTable table, ExampleRecord record) {
            return new Place(
                    record.table(),
                    record.item().get(table.partitionKey().name()),
                    table.sortKey().map(sort -> record.item().get(sort.name())));
        }
    }

    private Place place(ExampleRecord record) {
        return Place.of(shapes.get(record.table()), record);
    }

    Contents target() {
        return Contents.of(tables, plan.tables().stream().map(TablePlan::target).toList());
    }

    private String newQuoteId(String oldId) {
        var quotes = plan.table(QUOTES);
        return Derivation.of(new Family(quotes.family(), quotes.identity(), KeyType.S))
                .newText(new OldId(KeyType.S, oldId));
    }

    private String source(String table) {
        return plan.table(new TableName(table)).source().name();
    }

    private String target(String table) {
        return plan.table(new TableName(table)).target().name();
    }
}
