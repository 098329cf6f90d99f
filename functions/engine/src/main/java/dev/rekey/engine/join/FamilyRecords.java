package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.identity.Families;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the records that have a given identity, on one side of a run, by a query where it is the partition key. */
public final class FamilyRecords {
    private final RunContext run;
    private final Tables tables;
    private final boolean source;
    private final Backoff backoff;

    /** @param source whether {@code tables} are the source's; otherwise the target's */
    public FamilyRecords(RunContext run, Tables tables, boolean source, Backoff backoff) {
        this.run = run;
        this.tables = tables;
        this.source = source;
        this.backoff = backoff;
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
        for (var table : run.plan().tables()) {
            if (table.family().equals(family)) {
                self(table)
                        .ifPresent(attribute -> (attribute.equals(
                                                shape(table.name()).partitionKey())
                                        ? query(table, id, most)
                                        : scan(table, attribute, id, most))
                                .forEach(record -> found.add(new FamilyRecord(table.name(), record))));
            }
        }
        return found;
    }

    private Optional<KeyAttribute> self(TablePlan table) {
        return Families.selfAttribute(table, shape(table.name()));
    }

    /** An identity that is a sort key cannot be found but by reading the table. */
    private List<Map<String, AttributeValue>> scan(
            TablePlan table, KeyAttribute attribute, AttributeValue id, int most) {
        var scan = new ScannedTable(tables, shape(table.name()).table(), true, backoff);
        var records = new ArrayList<Map<String, AttributeValue>>();
        Optional<JsonNode> from = Optional.empty();
        do {
            var page = scan.page(new Segment(0, 1), from);
            page.items().stream()
                    .filter(item -> SameContent.same(item.get(attribute.name()), id))
                    .forEach(records::add);
            from = page.next();
        } while (from.isPresent() && records.size() < most);
        return records;
    }

    /** Records of {@code table} whose partition key is {@code value}. */
    public List<Map<String, AttributeValue>> query(TablePlan table, AttributeValue value, int most) {
        var shape = shape(table.name());
        var records = new ArrayList<Map<String, AttributeValue>>();
        Optional<Tables.Cursor> from = Optional.empty();
        do {
            var query = new Tables.Query(shape.table(), shape.partitionKey(), value, from);
            var answer = backoff.retry(() -> tables.query(query));
            records.addAll(answer.items());
            from = answer.next();
        } while (from.isPresent() && records.size() < most);
        return records;
    }

    private TableShape shape(TableName name) {
        var table = run.manifest().table(name);
        return source ? table.source() : table.target();
    }
}
