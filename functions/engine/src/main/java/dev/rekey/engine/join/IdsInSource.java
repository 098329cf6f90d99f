package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.segment.Units;
import dev.rekey.engine.store.Concurrency;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds which ids records of the source have, many at a time. */
public record IdsInSource(RunContext run, Source source, Concurrency concurrency) {
    /**
     * Those of {@code ids} that a record of the family has, whether the plan takes it or not, or that another record of it
     * has taken the place of.
     */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids) {
        return among(family, ids, _ -> {});
    }

    /** @param units is told the read units of each record that is found */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids, LongConsumer units) {
        var found = new HashSet<OldId>();
        ids.stream().filter(id -> run.families().isMergedAway(family, id)).forEach(found::add);
        for (var table : run.known().tables()) {
            if (table.family().equals(family) && !table.isRest()) {
                find(table, ids, found, (one, record) -> {
                    units.accept(Units.reads(ItemSize.bytes(record)));
                    return Kinds.belongs(record, one);
                });
            }
        }
        return found;
    }

    /**
     * Those of {@code ids} that a record of the family has which the plan takes. Where an id is no partition key, it takes
     * the whole table to find it, and it is not looked for.
     *
     * @param mappings of the tables
     */
    public Set<OldId> moving(FamilyName family, Collection<OldId> ids, Function<TableName, RecordMapping> mappings) {
        var found = new HashSet<OldId>();
        for (var table : run.known().tables()) {
            var shape = run.manifest().shapes(table.name()).source();
            boolean isFound = KeyRoles.self(table, shape)
                    .filter(shape.partitionKey()::equals)
                    .isPresent();
            if (table.family().equals(family) && isFound) {
                var mapping = mappings.apply(table.name());
                find(
                        table,
                        ids,
                        found,
                        (one, record) -> Kinds.belongs(record, one) && Existence.moves(mapping, record));
            }
        }
        return found;
    }

    private void find(
            TablePlan table,
            Collection<OldId> ids,
            Set<OldId> found,
            BiPredicate<TablePlan, Map<String, AttributeValue>> counts) {
        var shape = run.manifest().shapes(table.name()).source();
        var left = ids.stream().filter(id -> !found.contains(id)).toList();
        RecordsById.of(table, shape, source, concurrency).find(left).forEach((id, records) -> {
            // Each is looked at: what it takes to read them is told of all.
            if (records.stream().filter(record -> counts.test(table, record)).count() > 0) {
                found.add(id);
            }
        });
    }
}
