package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the records that have a given identity, on one side of a run. */
public final class FamilyRecords {
    private final RunContext run;
    private final Function<TableName, Source> records;
    private final Concurrency concurrency;
    private final boolean source;

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
                // Of other records with the id, there may be any number before the first of this table.
                int enough = table.kind().isPresent() ? Integer.MAX_VALUE : most;
                KeyRoles.self(table, shape).stream()
                        .flatMap(self -> records.apply(table.name()).find(shape, self, id, enough).stream())
                        .filter(record -> Kinds.belongs(record, table))
                        .forEach(record -> found.add(new FamilyRecord(table.name(), record)));
            }
        }
        return found;
    }

    /**
     * Which ids have records that count, looked up many at a time.
     *
     * @param where which of the family's tables are searched, by the key attribute that holds their ids
     */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids, Searched where, Predicate<FamilyRecord> counts) {
        var found = new HashSet<OldId>();
        for (var table : run.known().tables()) {
            var shape = shape(table.name());
            var self = KeyRoles.self(table, shape).filter(key -> where.includes(table, shape, key));
            if (table.family().equals(family) && self.isPresent()) {
                var left = ids.stream().filter(id -> !found.contains(id)).toList();
                // Of other records with the id, there may be any number before the first of this table.
                int enough = table.kind().isPresent() ? Integer.MAX_VALUE : 1;
                new RecordsById(shape, self.get(), records.apply(table.name()), concurrency)
                        .find(left, enough)
                        .forEach((id, all) -> {
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
