package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.segment.Units;
import dev.rekey.engine.store.Concurrency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the records that have a given identity, on one side of a run. */
public final class FamilyRecords {
    private final RunContext run;
    private final Function<TableName, Source> records;
    private final Concurrency concurrency;
    private final boolean source;
    /** Mappings are made when they are asked for, which is seldom; requests run side by side. */
    private final Map<TableName, RecordMapping> mappings = new ConcurrentHashMap<>();
    /** The same whatever the scope of the run. */
    private final Map<TableName, RecordMapping> unscoped = new ConcurrentHashMap<>();

    private FamilyRecords(
            RunContext run, Function<TableName, Source> records, Concurrency concurrency, boolean source) {
        this.run = run;
        this.records = records;
        this.concurrency = concurrency;
        this.source = source;
    }

    public static FamilyRecords ofSource(RunContext run, Source records, Concurrency concurrency) {
        return new FamilyRecords(run, _ -> records, concurrency, true);
    }

    /** @param records where each table is written: what is changed in place, where it is read */
    public static FamilyRecords ofTarget(RunContext run, Function<TableName, Source> records, Concurrency concurrency) {
        return new FamilyRecords(run, records, concurrency, false);
    }

    /** A record and the table it is in. */
    public record FamilyRecord(TableName table, Map<String, AttributeValue> record) {}

    /**
     * Records of the family's tables whose own identity is {@code id}.
     *
     * @param most no more than so many are read of each table
     */
    public List<FamilyRecord> of(FamilyName family, AttributeValue id, int most) {
        var found = new ArrayList<FamilyRecord>();
        for (var table : run.known().tables()) {
            if (table.family().equals(family)) {
                var shape = shape(table.name());
                KeyRoles.self(table, shape).stream()
                        .flatMap(
                                self -> records.apply(table.name()).find(shape, self, id, enough(table, most)).stream())
                        .filter(record -> Kinds.belongs(record, table))
                        .forEach(record -> found.add(new FamilyRecord(table.name(), record)));
            }
        }
        return found;
    }

    /** Records of one table by their own identities, without ids that no record has. */
    public Map<OldId, List<Map<String, AttributeValue>>> of(TablePlan table, Collection<OldId> ids) {
        var found = RecordsById.of(table, shape(table.name()), records.apply(table.name()), concurrency)
                .find(ids);
        found.values().forEach(all -> all.removeIf(record -> !Kinds.belongs(record, table)));
        found.values().removeIf(List::isEmpty);
        return found;
    }

    /**
     * Which ids have records that count, looked up many at a time.
     *
     * @param where which of the family's tables are searched, by the key attribute that holds their ids
     */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids, Searched where, Predicate<FamilyRecord> counts) {
        return among(family, ids, where, 1, _ -> {}, counts);
    }

    /**
     * Those of {@code ids} that a record of the family has, whether the plan takes it or not, or that another record of it
     * has taken the place of.
     */
    public Set<OldId> taken(FamilyName family, Collection<OldId> ids) {
        return taken(family, ids, _ -> {});
    }

    /** @param units is told the read units of each record that is found */
    public Set<OldId> taken(FamilyName family, Collection<OldId> ids, LongConsumer units) {
        var taken = ids.stream()
                .filter(id -> run.families().isMergedAway(family, id))
                .collect(Collectors.toCollection(HashSet::new));
        var left = ids.stream().filter(id -> !taken.contains(id)).toList();
        taken.addAll(among(
                family,
                left,
                Searched.ALL,
                Integer.MAX_VALUE,
                record -> units.accept(Units.reads(ItemSize.bytes(record))),
                _ -> true));
        return taken;
    }

    /**
     * Those of {@code ids} that a record of the family has which the plan takes, whatever the scope of the run. Where an id
     * is no partition key, it takes the whole table to find it, and it is not looked for.
     */
    public Set<OldId> planned(FamilyName family, Collection<OldId> ids) {
        return among(
                family,
                ids,
                Searched.BY_KEY,
                Integer.MAX_VALUE,
                _ -> {},
                found -> includes(unscoped.computeIfAbsent(found.table(), run::mappingOfAll), found));
    }

    /**
     * @param most no more than so many are read of an id, unless several tables share the physical table
     * @param each is told of each record that was read
     */
    private Set<OldId> among(
            FamilyName family,
            Collection<OldId> ids,
            Searched where,
            int most,
            Consumer<Map<String, AttributeValue>> each,
            Predicate<FamilyRecord> counts) {
        var found = new HashSet<OldId>();
        for (var table : run.known().tables()) {
            var shape = shape(table.name());
            var self = KeyRoles.self(table, shape).filter(key -> where.includes(table, shape, key));
            if (table.family().equals(family) && self.isPresent()) {
                var left = ids.stream().filter(id -> !found.contains(id)).toList();
                new RecordsById(shape, self.get(), records.apply(table.name()), concurrency)
                        .find(left, enough(table, most))
                        .forEach((id, all) -> {
                            all.forEach(each);
                            if (all.stream()
                                    .filter(record -> Kinds.belongs(record, table))
                                    .anyMatch(record -> counts.test(new FamilyRecord(table.name(), record)))) {
                                found.add(id);
                            }
                        });
            }
        }
        return found;
    }

    /** Of other records with the id, there may be any number before the first of this table. */
    private static int enough(TablePlan table, int most) {
        return table.kind().isPresent() ? Integer.MAX_VALUE : most;
    }

    /** A record of which {@code where} cannot say it is a finding itself, and no orphan's cause. */
    boolean moves(FamilyRecord found) {
        return includes(mappings.computeIfAbsent(found.table(), run::mapping), found);
    }

    private static boolean includes(RecordMapping mapping, FamilyRecord found) {
        try {
            return mapping.includes(found.record());
        } catch (UnmappableException _) {
            return true;
        }
    }

    /**
     * What there is of an identity now.
     *
     * @param records that the plan includes
     * @param complete false if the identity is no partition key and no key of a record that has it is known
     */
    public record Now(List<Map<String, AttributeValue>> records, boolean complete) {}

    /**
     * Reads no table as a whole.
     *
     * @param keys of records that had the identity when they were read, as DynamoDB JSON
     */
    public Now now(FamilyName family, OldId id, List<String> keys) {
        var found = new ArrayList<Map<String, AttributeValue>>();
        boolean complete = true;
        for (var table : run.known().tables()) {
            if (table.family().equals(family)) {
                var shape = shape(table.name());
                boolean queried = KeyRoles.self(table, shape)
                        .filter(shape.partitionKey()::equals)
                        .isPresent();
                complete &= queried || !keys.isEmpty();
                var side = records.apply(table.name());
                var there = queried
                        ? side.find(shape, shape.partitionKey(), id.value(), Integer.MAX_VALUE)
                        : side.find(shape, keys(shape, keys));
                there.stream()
                        .filter(record -> moves(new FamilyRecord(table.name(), record)))
                        .forEach(found::add);
            }
        }
        return new Now(found, complete);
    }

    private static List<Key> keys(TableShape shape, List<String> keys) {
        var names = shape.keyAttributes().stream().map(KeyAttribute::name).collect(Collectors.toSet());
        return keys.stream()
                .map(text -> new Key(TypedJson.parse(text)))
                .filter(key -> key.attributes().keySet().equals(names))
                .distinct()
                .toList();
    }

    /** Which tables are searched for ids. */
    @FunctionalInterface
    public interface Searched {
        Searched ALL = (table, shape, self) -> true;
        /** Those in which an id leads to its records. */
        Searched BY_KEY = (table, shape, self) -> self.equals(shape.partitionKey());
        /** Those that have to be read as a whole. */
        Searched BY_SCAN = (table, shape, self) -> !self.equals(shape.partitionKey());

        boolean includes(TablePlan table, TableShape shape, KeyAttribute self);
    }

    private TableShape shape(TableName name) {
        var table = run.manifest().shapes(name);
        return source ? table.source() : table.target();
    }
}
