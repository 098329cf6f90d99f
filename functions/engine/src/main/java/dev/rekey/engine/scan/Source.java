package dev.rekey.engine.scan;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where records are read: described, divided, read page by page, and searched. Requests that fail are made again. */
public interface Source {
    /** Empty if there is no such table. */
    Optional<TableShape> describe(PhysicalTable table);

    /** How large a table is, and in how many segments it is read. */
    Estimate divide(PhysicalTable table);

    /** The records of a table, segment by segment. */
    SourcePages read(Division division);

    /**
     * Records of which the key attribute {@code attribute} is {@code value}, as they are now.
     *
     * @param most reading ends when there are so many
     */
    List<Map<String, AttributeValue>> find(TableShape table, KeyAttribute attribute, AttributeValue value, int most);

    /**
     * Records of which the key attribute {@code attribute} is one of {@code values}, as they are now: the table is read once
     * for all of them.
     */
    List<Map<String, AttributeValue>> find(TableShape table, KeyAttribute attribute, Collection<AttributeValue> values);

    /** Records with these keys, which are distinct, as they are now. */
    Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys);
}
