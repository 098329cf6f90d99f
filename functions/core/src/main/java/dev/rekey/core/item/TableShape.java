package dev.rekey.core.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DescribeTable, DescribeTimeToLive and DescribeKinesisStreamingDestination tell of a table.
 *
 * @param address which table it is; in a document, its fields stand beside the others
 * @param indexes keys of each secondary index, by the index's name
 * @param timeToLive the attribute that holds when an item expires; empty if items do not
 * @param projected attributes that a secondary index holds beside the keys, by the index's name; one that is not named
 *     here holds all of an item
 * @param followers where changes go besides the table
 * @param throughput what the table bears
 */
public record TableShape(
        @JsonUnwrapped TableAddress address,
        KeyAttribute partitionKey,
        Optional<KeyAttribute> sortKey,
        Map<String, List<KeyAttribute>> indexes,
        Optional<String> timeToLive,
        Map<String, List<String>> projected,
        Followers followers,
        @JsonInclude(JsonInclude.Include.NON_NULL) Throughput throughput) {

    public TableShape {
        indexes = Collections.unmodifiableSortedMap(new TreeMap<>(indexes));
    }

    /** A table whose items do not expire, and whose indexes hold all of them. */
    public TableShape(
            PhysicalTable table,
            String account,
            String region,
            KeyAttribute partitionKey,
            Optional<KeyAttribute> sortKey,
            Map<String, List<KeyAttribute>> indexes) {
        this(
                new TableAddress(table, account, region),
                partitionKey,
                sortKey,
                indexes,
                Optional.empty(),
                Map.of(),
                Followers.NONE,
                null);
    }

    /** What the table bears. A run that an earlier version prepared does not say. */
    public Throughput bears() {
        return throughput == null ? Throughput.UNKNOWN : throughput;
    }

    /** The same table, which bears so much. */
    public TableShape bearing(Throughput units) {
        return new TableShape(
                address,
                partitionKey,
                sortKey,
                indexes,
                timeToLive,
                projected,
                followers,
                units.isUnknown() ? null : units);
    }

    public PhysicalTable table() {
        return address.table();
    }

    public String account() {
        return address.account();
    }

    public String region() {
        return address.region();
    }

    /** The same table, whose items expire at the time in {@code attribute}. */
    public TableShape expiringBy(Optional<String> attribute) {
        return new TableShape(address, partitionKey, sortKey, indexes, attribute, projected, followers, throughput);
    }

    /** The same table, whose secondary indexes hold only some attributes beside the keys. */
    public TableShape projecting(Map<String, List<String>> attributes) {
        return new TableShape(address, partitionKey, sortKey, indexes, timeToLive, attributes, followers, throughput);
    }

    /** The same table, whose changes go to {@code others}, too. */
    public TableShape followedBy(Followers others) {
        return new TableShape(address, partitionKey, sortKey, indexes, timeToLive, projected, others, throughput);
    }

    /** What files at {@code place} are read as: they have the keys of the table that their records go to. */
    public TableShape ofFiles(PhysicalTable place) {
        return new TableShape(
                new TableAddress(place, "", region()),
                partitionKey,
                sortKey,
                indexes,
                timeToLive,
                projected,
                Followers.NONE,
                null);
    }

    /** Partition key, then the sort key if there is one. */
    public List<KeyAttribute> keyAttributes() {
        var all = new ArrayList<KeyAttribute>(2);
        all.add(partitionKey);
        sortKey.ifPresent(all::add);
        return all;
    }

    /** When {@code item} expires; empty if it does not. */
    public Optional<Expiry> expiryOf(Map<String, AttributeValue> item) {
        return timeToLive.map(item::get).flatMap(Expiry::of);
    }

    /** The key of {@code item}, which holds all key attributes. */
    public Key keyOf(Map<String, AttributeValue> item) {
        var partition = item.get(partitionKey.name());
        return sortKey.map(sort -> new Key(Map.of(partitionKey.name(), partition, sort.name(), item.get(sort.name()))))
                .orElseGet(() -> new Key(Map.of(partitionKey.name(), partition)));
    }

    /** Whether both are one physical table, whatever its keys and indexes were when each was described. */
    public boolean isSameTableAs(TableShape other) {
        return address.equals(other.address);
    }
}
