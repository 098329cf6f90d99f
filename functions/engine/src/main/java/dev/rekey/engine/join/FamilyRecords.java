package dev.rekey.engine.join;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the records that have a given identity, on one side of a run. */
public final class FamilyRecords {
    private final RunContext run;
    private final Function<TableName, Source> records;
    private final boolean source;

    private FamilyRecords(RunContext run, Function<TableName, Source> records, boolean source) {
        this.run = run;
        this.records = records;
        this.source = source;
    }

    public static FamilyRecords ofSource(RunContext run, Source records) {
        return new FamilyRecords(run, _ -> records, true);
    }

    /** @param records where each table is written: what is changed in place, where it is read */
    public static FamilyRecords ofTarget(RunContext run, Function<TableName, Source> records) {
        return new FamilyRecords(run, records, false);
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

    private TableShape shape(TableName name) {
        var table = run.manifest().shapes(name);
        return source ? table.source() : table.target();
    }
}
