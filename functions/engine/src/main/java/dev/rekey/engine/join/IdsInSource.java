package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.segment.Units;
import dev.rekey.engine.store.Concurrency;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/** Finds which ids records of the source have, many at a time, whether the plan takes these records or not. */
public record IdsInSource(RunContext run, Source source, Concurrency concurrency) {
    /** Those of {@code ids} that a record of the family has, or that another record of it has taken the place of. */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids) {
        return among(family, ids, _ -> {});
    }

    /** @param units is told the read units of each record that is found */
    public Set<OldId> among(FamilyName family, Collection<OldId> ids, LongConsumer units) {
        var found = new HashSet<OldId>();
        ids.stream().filter(id -> run.families().isMergedAway(family, id)).forEach(found::add);
        for (var table : run.known().tables()) {
            if (table.family().equals(family) && !table.isRest()) {
                var shape = run.manifest().shapes(table.name()).source();
                var left = ids.stream().filter(id -> !found.contains(id)).toList();
                RecordsById.of(table, shape, source, concurrency).find(left).forEach((id, records) -> {
                    records.forEach(record -> units.accept(Units.reads(ItemSize.bytes(record))));
                    if (records.stream().anyMatch(record -> Kinds.belongs(record, table))) {
                        found.add(id);
                    }
                });
            }
        }
        return found;
    }
}
