package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the source records of a simulation belong, and what they become. */
final class WardMapping {
    private final Map<String, RecordMapping> mappings = new HashMap<>();
    private final Manifest manifest;

    /** @param orphans whose references have no record */
    WardMapping(Plan plan, Manifest manifest, Orphans orphans) {
        this.manifest = manifest;
        var run = RunContext.of(plan, manifest, orphans);
        Ward.PLANNED.forEach(table -> mappings.put(table, run.mapping(new TableName(table))));
    }

    /** Empty if the plan leaves the record out. */
    Optional<Map<String, AttributeValue>> item(Spot source, Map<String, AttributeValue> record) {
        return switch (mappings.get(Ward.planned(source.table(), source.key())).map(record)) {
            case MappingOutcome.Mapped mapped -> Optional.of(mapped.item());
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _ -> Optional.empty();
            case MappingOutcome.Unmappable why -> throw new AssertionError(why.message());
        };
    }

    /** Where the record goes, if the plan takes it. */
    Spot target(Spot source) {
        var record = new HashMap<>(source.key().attributes());
        record.put("kind", Ward.text("open"));
        record.put("sort", Ward.text(Ward.sortOf(source)));
        var item = item(source, record).orElseThrow();
        var table = source.table().replace("src-", "dst-");
        var shape = manifest.table(new TableName(table.replace("dst-", ""))).target();
        return new Spot(table, shape.keyOf(item));
    }

    static Spot person(AttributeValue id) {
        return new Spot("src-People", new Key(Map.of("id", id)));
    }
}
