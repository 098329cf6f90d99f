package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.Units;
import dev.rekey.engine.store.Documents;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What records take from the records that their references point to. The referred records of a page are read together when
 * the page is; one that is asked for later is read by itself.
 */
public final class ReferredValues implements Taken {
    private final Referring referring;
    private final Source source;
    private final Map<Referee, Known> known = new HashMap<>();
    private final Map<TableName, Function<Map<String, AttributeValue>, MappingOutcome>> becoming = new HashMap<>();
    private final Map<TableName, RecordMapping> mappings = new HashMap<>();
    private final Map<Cost, Long> costs = new EnumMap<>(Cost.class);

    /**
     * The plan as far as values are taken through references.
     *
     * @param shape of a table in the source
     * @param survivor the record of a family that another one of it is merged into; itself if it is not
     * @param mapping finds the references of a table's records
     * @param becoming what a record of a table will be
     */
    public record Referring(
            Plan plan,
            Function<TableName, TableShape> shape,
            BiFunction<FamilyName, OldId, OldId> survivor,
            Function<TableName, RecordMapping> mapping,
            Function<TableName, Function<Map<String, AttributeValue>, MappingOutcome>> becoming) {}

    /** A record that is referred to. */
    private record Referee(TableName table, Key key) {}

    /**
     * What is known of a record that is referred to.
     *
     * @param outcome empty if there is no such record
     * @param unitsLater that it takes to read it once the run has changed it
     */
    private record Known(Optional<Outcome> outcome, long unitsLater) {
        static final Known NOTHING = new Known(Optional.empty(), 0);
    }

    /** What is kept of a record that is referred to: the attributes that are taken from records of its table. */
    private sealed interface Outcome {
        record Taken(Map<String, AttributeValue> attributes) implements Outcome {}

        record Unmappable(String id) implements Outcome {}
    }

    public ReferredValues(Referring referring, Source source) {
        this.referring = referring;
        this.source = source;
    }

    public static ReferredValues of(RunContext run, Source source, Documents documents) {
        return new ReferredValues(
                new Referring(
                        run.known(),
                        table -> run.manifest().shapes(table).source(),
                        (family, id) -> run.families().survivor(family, id),
                        run::mapping,
                        table -> run.becoming(table, new EarlierWrites(documents, run.manifest(), table)::wroteValue)),
                source);
    }

    /**
     * {@code pages} of the physical table of {@code table}; with each of them, what its records refer to is read. What was
     * read for the page before is forgotten.
     */
    public SourcePages with(TableName table, SourcePages pages) {
        return with(table, pages, UnaryOperator.identity());
    }

    /**
     * The same where several pages become one.
     *
     * @param joining makes one page of several
     */
    public SourcePages with(TableName table, SourcePages pages, UnaryOperator<SourcePages> joining) {
        var taking = taking(table);
        if (taking.isEmpty()) {
            return joining.apply(pages);
        }
        var joined = joining.apply((segment, cursor) -> read(taking, pages, segment, cursor));
        return (segment, cursor) -> {
            forget();
            return joined.page(segment, cursor);
        };
    }

    /** What it takes to read the records that those of the newest page refer to. */
    public synchronized Map<Cost, Long> costs() {
        return Map.copyOf(costs);
    }

    /** Reads what {@code records}, of the physical table of {@code table}, refer to. What was read before is forgotten. */
    public void read(TableName table, Collection<Map<String, AttributeValue>> records) {
        forget();
        read(taking(table), records);
    }

    /** The tables that share the physical table of {@code name}, and whose records take something. */
    private List<TablePlan> taking(TableName name) {
        return referring.plan().tables().stream()
                .filter(_ -> referring.plan().has(name))
                .filter(table ->
                        table.unit().equals(referring.plan().table(name).unit()))
                .filter(TablePlan::takes)
                .toList();
    }

    private synchronized void forget() {
        known.clear();
        costs.clear();
    }

    private SourcePages.PageOfRecords read(
            List<TablePlan> taking, SourcePages pages, Segment segment, Optional<JsonNode> cursor) {
        var page = pages.page(segment, cursor);
        read(taking, page.items());
        return page;
    }

    private synchronized void read(List<TablePlan> taking, Collection<Map<String, AttributeValue>> records) {
        var wanted = records.stream()
                .flatMap(record -> taking.stream().flatMap(table -> uses(table, record)))
                .map(use -> referee(use.family(), use.id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        fetch(wanted);
        wanted.forEach(one -> cost(Cost.REFERRED_COPY, known.get(one).unitsLater()));
    }

    private synchronized Stream<ReferenceUse.Used> uses(TablePlan table, Map<String, AttributeValue> record) {
        if (!Kinds.belongs(record, table)) {
            return Stream.empty();
        }
        var mapping = mappings.computeIfAbsent(table.name(), referring.mapping());
        try {
            return mapping.includes(record) ? mapping.referred(record).stream() : Stream.empty();
        } catch (UnmappableException _) {
            // It is found again when the record is mapped.
            return Stream.empty();
        }
    }

    @Override
    public synchronized Answer of(FamilyName family, OldId id, String attribute) {
        var referee = referee(family, id);
        if (!known.containsKey(referee)) {
            fetch(Set.of(referee));
        }
        var name = Referred.attribute(referring.plan().table(referee.table()), attribute);
        return switch (known.get(referee).outcome().orElse(null)) {
            case null -> new Answer.NoRecord();
            case Outcome.Unmappable(var why) -> new Answer.Unmappable(why);
            case Outcome.Taken(var attributes) ->
                attributes.containsKey(name) ? new Answer.Value(attributes.get(name)) : new Answer.NoAttribute();
        };
    }

    /** The record that has {@code id} in the source, or the one that it is merged into. */
    private Referee referee(FamilyName family, OldId id) {
        var table = Referred.table(referring.plan().tables(), family)
                .orElseThrow(() -> new IllegalStateException(
                        "no table has the ids of " + family + ", and the plan check has not refused it"));
        var key = referring.shape().apply(table.name()).partitionKey();
        var survivor = referring.survivor().apply(family, id);
        return new Referee(table.name(), new Key(Map.of(key.name(), survivor.value())));
    }

    private synchronized void fetch(Collection<Referee> wanted) {
        var byTable = wanted.stream()
                .filter(one -> !known.containsKey(one))
                .collect(Collectors.groupingBy(Referee::table, Collectors.mapping(Referee::key, Collectors.toList())));
        byTable.forEach((table, keys) -> {
            keys.forEach(key -> known.put(new Referee(table, key), Known.NOTHING));
            var shape = referring.shape().apply(table);
            for (var record : source.find(shape, keys)) {
                var one = known(table, record);
                cost(Cost.REFERRED_ANALYZE, units(record));
                cost(Cost.REFERRED_VERIFY, one.unitsLater());
                known.put(new Referee(table, shape.keyOf(record)), one);
            }
        });
    }

    private void cost(Cost kind, long units) {
        costs.merge(kind, units, Long::sum);
    }

    private static long units(Map<String, AttributeValue> record) {
        return Units.reads(ItemSize.bytes(record));
    }

    private Known known(TableName name, Map<String, AttributeValue> record) {
        var table = referring.plan().table(name);
        if (!Kinds.belongs(record, table)) {
            return new Known(Optional.empty(), units(record));
        }
        return switch (becoming.computeIfAbsent(name, referring.becoming()).apply(record)) {
            case MappingOutcome.Mapped(var item) ->
                new Known(Optional.of(new Outcome.Taken(taken(name, item))), units(table.isInPlace() ? item : record));
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _ ->
                new Known(Optional.empty(), units(record));
            case MappingOutcome.Unmappable why ->
                new Known(Optional.of(new Outcome.Unmappable(why.id())), units(record));
        };
    }

    /** The attributes of {@code item} that some record may take: pages refer to many records. */
    private Map<String, AttributeValue> taken(TableName name, Map<String, AttributeValue> item) {
        var table = referring.plan().table(name);
        var kept = new HashMap<String, AttributeValue>();
        referring.plan().tables().stream()
                .flatMap(one -> one.set().values().stream())
                .flatMap(rule -> rule.through().stream())
                .map(through -> Referred.attribute(table, through.take()))
                .filter(item::containsKey)
                .forEach(attribute -> kept.put(attribute, item.get(attribute)));
        return kept;
    }
}
