package dev.rekey.engine.store;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The DynamoDB tables of one side of a migration. Every method is one request; none retries what the service answered
 * (unprocessed items, throttling): the caller does. Reads throw {@link StoreException}; so do writes, except for what
 * {@link WriteOutcome} says.
 */
public interface Tables {
    int READ_BATCH = 100;
    int WRITE_BATCH = 25;

    /** Empty if there is no such table, or it is being deleted. */
    Optional<TableShape> describe(PhysicalTable table);

    Scanned scan(Scan scan);

    /** The items of one partition key value, in order of the sort key. */
    Scanned query(Query query);

    /** Reads up to {@value #READ_BATCH} distinct keys consistently. Items that do not exist are not in the answer. */
    ReadAnswer read(PhysicalTable table, List<Key> keys);

    /**
     * Puts up to {@value #WRITE_BATCH} items of distinct keys without any condition. If it throws, any of them may have
     * been written.
     *
     * @return what was not processed
     */
    WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items);

    /**
     * Deletes up to {@value #WRITE_BATCH} items by distinct keys without any condition; what does not exist counts as
     * deleted. If it throws, any of them may have been deleted.
     *
     * @return what was not processed
     */
    DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys);

    /** Puts an item if the stored one is as {@code expected} says. */
    WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected);

    /** Deletes an item if the stored one is as {@code expected} says. */
    WriteOutcome delete(PhysicalTable table, Key key, Expected expected);

    /**
     * Sets and removes top-level attributes of an item that exists and whose expected attributes are what they were. No
     * other attribute is written. {@link WriteOutcome.Done#old} holds what the touched attributes were, without those
     * that were absent; empty if all of them were.
     *
     * @throws StoreException of kind INVALID if the item that results breaks a limit of DynamoDB or changes its key, or
     *     if {@link UpdateExpression#fits} says that the request is too long; nothing was written then
     */
    WriteOutcome update(Update update);

    /** What a writer writes. */
    enum Writing {
        /** Whole items. */
        ITEMS,
        /** Some attributes of items that are there. */
        ATTRIBUTES
    }

    /**
     * What a writer of the table needs and is denied, a sentence for each; empty if nothing is. Asks with requests that
     * change nothing, whatever the table holds: reads, and writes on conditions that no item meets.
     */
    List<String> deniedToWriter(TableShape table, Writing writing);

    /** The same tables, for a request that must not wait: it puts back what should not have been touched. */
    default Tables urgent() {
        return this;
    }

    /** The lower of two limits of a page; 0 stands for none. */
    static int lowerLimit(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /**
     * One page of a scan.
     *
     * @param segment 0 to {@code totalSegments - 1}
     * @param totalSegments 1 to 1,000,000
     * @param from where the page begins; empty for the start of the segment
     * @param limit at most so many items are read; 0 for as many as make 1 MB
     */
    record Scan(
            PhysicalTable table,
            int segment,
            int totalSegments,
            Optional<Cursor> from,
            int limit,
            boolean consistent) {}

    /**
     * One page of a query.
     *
     * @param upTo only items whose sort key is no higher; empty for all
     * @param from where the page begins: after the item with this key, whether there is one or not;
     *     below {@code upTo}
     * @param limit at most so many items are read; 0 for as many as make 1 MB
     */
    record Query(
            PhysicalTable table,
            KeyAttribute partitionKey,
            AttributeValue value,
            Optional<UpTo> upTo,
            Optional<Cursor> from,
            int limit,
            boolean consistent) {
        /** All items of the partition key value, consistently. */
        public Query(PhysicalTable table, KeyAttribute partitionKey, AttributeValue value, Optional<Cursor> from) {
            this(table, partitionKey, value, Optional.empty(), from, 0, true);
        }
    }

    /** The highest sort key that is asked for. */
    record UpTo(KeyAttribute sortKey, AttributeValue value) {}

    /**
     * @param next where the next page begins; empty when this was the last. A page may be empty and not the last.
     * @param units read units consumed
     */
    record Scanned(List<Map<String, AttributeValue>> items, Optional<Cursor> next, double units) {}

    /** Where the next page begins: DynamoDB's {@code LastEvaluatedKey}. */
    record Cursor(Map<String, AttributeValue> lastEvaluatedKey) {}

    record ReadAnswer(List<Map<String, AttributeValue>> items, List<Key> unprocessed, double units) {}

    record WriteAnswer(List<Map<String, AttributeValue>> unprocessed, double units) {}

    record DeleteAnswer(List<Key> unprocessed, double units) {}

    /**
     * A change of top-level attributes of one item.
     *
     * @param expected what attributes must be for the change to happen: equal to this value, as DynamoDB compares, or
     *     absent. Attributes that are not named may be anything
     * @param set new values of attributes
     * @param remove attributes to leave out; what is absent may be removed
     */
    record Update(
            PhysicalTable table,
            Key key,
            Map<String, Optional<AttributeValue>> expected,
            Map<String, AttributeValue> set,
            Set<String> remove) {
        public Update {
            if (set.isEmpty() && remove.isEmpty()) {
                throw new IllegalArgumentException("an update that changes nothing");
            }
            if (remove.stream().anyMatch(set::containsKey)) {
                throw new IllegalArgumentException("an attribute that is set and removed");
            }
        }
    }

    /** What must be stored under a key for a write to happen. */
    sealed interface Expected {
        /** Nothing. */
        record Absent() implements Expected {}

        /**
         * An item that has these attributes with these values; it may have others. The item's key attributes are
         * compared too if they are among them. Of more than {@value ComparedAttributes#MAX} attributes only those that
         * {@link ComparedAttributes} names are compared.
         */
        record Attributes(Map<String, AttributeValue> values) implements Expected {}
    }

    /** What became of a conditional write. A lost answer is {@link WriteOutcome.Unknown}, not an exception. */
    sealed interface WriteOutcome {
        /** @param old the item that was replaced or deleted, or the attributes that were updated; empty if there was none */
        record Done(Optional<Map<String, AttributeValue>> old, double units) implements WriteOutcome {}

        /** @param found the item that did not fit; empty if there was none */
        record ConditionFailed(Optional<Map<String, AttributeValue>> found, double units) implements WriteOutcome {}

        /** Nothing was written; the service asks to slow down. */
        record Throttled(String reason) implements WriteOutcome {}

        /** The write may or may not have happened: read before deciding anything. */
        record Unknown(String reason) implements WriteOutcome {}
    }
}
