package dev.rekey.engine.draft;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table that a plan is drafted for.
 *
 * @param kind which records of the physical table are this table's; empty for all
 */
public record SourceTable(TableName name, TableShape shape, Optional<Kind> kind) {
    /** A table that has a physical table of its own. */
    public SourceTable(TableName name, TableShape shape) {
        this(name, shape, Optional.empty());
    }

    /**
     * Records that have one value of an attribute.
     *
     * @param from the physical table's name in the plan
     */
    public record Kind(TableName from, String attribute, AttributeValue value) {}

    boolean has(Map<String, AttributeValue> record) {
        return kind.filter(one -> !record.containsKey(one.attribute())
                        || !SameContent.same(record.get(one.attribute()), one.value()))
                .isEmpty();
    }
}
