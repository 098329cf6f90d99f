package dev.rekey.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.FamilyRecords.FamilyRecord;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records that a test begins with. */
record TrialRecords(RunContext run, Source source) {
    /** @param id partition key of the record; empty for the first that the plan includes, one or more */
    List<FamilyRecord> of(TableName table, Optional<String> id) {
        return id.isPresent()
                ? byId(table, id.get()).stream().toList()
                : first(table, run.manifest().options().sample().orElse(1));
    }

    /** Whether records of the table can have this id. */
    boolean mayBe(TableName table, String id) {
        return PartitionKeyText.read(keyType(table), id).isPresent();
    }

    Failure none(TableName table, Optional<String> id) {
        var physical = run.manifest().table(table).source().table();
        return Failure.in(
                table,
                "test.no-record",
                id.map(text ->
                                "Cannot test record %s of table %s: %s has no record with this partition key, or the plan's \"where\" excludes it. No table was written to. Choose another id."
                                        .formatted(text, table, physical))
                        .orElseGet(() ->
                                "Cannot test table %s: %s has no record that the plan selects. No table was written to. Choose another table, or correct the plan's \"where\"."
                                        .formatted(table, physical)));
    }

    Failure noSuchId(TableName table, String id) {
        return Failure.in(
                table,
                "test.bad-id",
                "Cannot test record %s of table %s: the table's partition key is %s, but this id is not. No table was written to. Correct the id."
                        .formatted(id, table, PartitionKeyText.form(keyType(table))));
    }

    private KeyType keyType(TableName table) {
        return run.manifest().table(table).source().partitionKey().type();
    }

    private Optional<FamilyRecord> byId(TableName table, String id) {
        var mapping = run.mapping(table);
        var shape = run.manifest().table(table).source();
        // Of other tables in the same physical table, there may be any number with the key.
        int enough = run.plan().table(table).kind().isPresent() ? Integer.MAX_VALUE : 1;
        return PartitionKeyText.read(keyType(table), id)
                .flatMap(key -> source.find(shape, shape.partitionKey(), key, enough).stream()
                        .filter(mapping::includes)
                        .findFirst())
                .map(record -> new FamilyRecord(table, record));
    }

    private List<FamilyRecord> first(TableName table, int most) {
        var shape = run.manifest().table(table).source();
        var mapping = run.mapping(table);
        var scan = source.read(Division.whole(shape, true));
        var cursor = Optional.<JsonNode>empty();
        var found = new ArrayList<FamilyRecord>();
        do {
            var page = scan.page(new Segment(0, 1), cursor);
            page.items().stream()
                    .filter(mapping::includes)
                    .limit(most - found.size())
                    .map(record -> new FamilyRecord(table, record))
                    .forEach(found::add);
            cursor = page.next();
        } while (cursor.isPresent() && found.size() < most);
        return found;
    }
}
