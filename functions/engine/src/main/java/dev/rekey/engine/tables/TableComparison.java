package dev.rekey.engine.tables;

import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import dev.rekey.engine.tables.ComparedTable.TableOption;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Compares a table that is there with what it should be. What only the table has is no difference. */
final class TableComparison {
    private final TableDefinition wanted;
    private final TableDefinition found;
    private final List<SchemaDifference> differences = new ArrayList<>();
    private final List<GlobalSecondaryIndex> creatable = new ArrayList<>();
    private final List<TableOption> completable = new ArrayList<>();

    TableComparison(TableDefinition wanted, TableDefinition found) {
        this.wanted = wanted;
        this.found = found;
    }

    List<SchemaDifference> differences() {
        return List.copyOf(differences);
    }

    /** The indexes that can be added. */
    List<GlobalSecondaryIndex> creatable() {
        return List.copyOf(creatable);
    }

    /** The options that can be turned on. */
    List<TableOption> completable() {
        return List.copyOf(completable);
    }

    /**
     * @param mayAdd whether indexes may be added; asked only if one is missing
     * @param ours whether an earlier creation made the table; asked only if an option is off
     */
    TableComparison all(BooleanSupplier mayAdd, BooleanSupplier ours) {
        var is = Keys.described(found.key(found.request().keySchema()));
        var shouldBe = Keys.described(wanted.key(wanted.request().keySchema()));
        if (!is.equals(shouldBe)) {
            add("key", is, shouldBe, Remedy.REFUSED);
        }
        wanted.request().localSecondaryIndexes().forEach(this::local);
        indexes(mayAdd);
        if (wanted.billing() != found.billing()) {
            add("billing mode", found.billing().toString(), wanted.billing().toString(), Remedy.REPORTED);
        }
        timeToLive(ours);
        if (wanted.isProtected() != found.isProtected()) {
            add("deletion protection", onOff(found.isProtected()), onOff(wanted.isProtected()), Remedy.REPORTED);
        }
        recovery(ours);
        encryption();
        tags();
        return this;
    }

    /** Compares nothing but the global secondary indexes. */
    TableComparison indexes(BooleanSupplier mayAdd) {
        var there = found.request().globalSecondaryIndexes().stream()
                .collect(Collectors.toMap(GlobalSecondaryIndex::indexName, index -> index));
        for (var index : wanted.request().globalSecondaryIndexes()) {
            var other = there.get(index.indexName());
            var shouldBe = Keys.described(wanted, index.keySchema(), index.projection());
            if (other == null) {
                missing(index, shouldBe, mayAdd);
                continue;
            }
            var is = Keys.described(found, other.keySchema(), other.projection());
            if (!is.equals(shouldBe)) {
                add("index " + index.indexName(), is, shouldBe, Remedy.REPORTED);
            }
        }
        return this;
    }

    private void missing(GlobalSecondaryIndex index, String shouldBe, BooleanSupplier mayAdd) {
        var creates = typesFit(index) && mayAdd.getAsBoolean();
        if (creates) {
            creatable.add(index);
        }
        add(
                "index " + index.indexName(),
                SchemaDifference.MISSING,
                shouldBe,
                creates ? Remedy.CREATED : Remedy.REPORTED);
    }

    /** DynamoDB knows one type for each key attribute of a table. */
    private boolean typesFit(GlobalSecondaryIndex index) {
        return wanted.key(index.keySchema()).stream()
                .allMatch(key -> found.type(key.name()).orElse(key.type()) == key.type());
    }

    /** A local index is created with its table or never. */
    private void local(LocalSecondaryIndex index) {
        var shouldBe = Keys.described(wanted, index.keySchema(), index.projection());
        var is = found.request().localSecondaryIndexes().stream()
                .filter(other -> other.indexName().equals(index.indexName()))
                .map(other -> Keys.described(found, other.keySchema(), other.projection()))
                .findFirst()
                .orElse(SchemaDifference.MISSING);
        if (!is.equals(shouldBe)) {
            add("local index " + index.indexName(), is, shouldBe, Remedy.REPORTED);
        }
    }

    private void timeToLive(BooleanSupplier ours) {
        wanted.timeToLive()
                .ifPresent(shouldBe -> found.timeToLive()
                        .filter(is -> !is.equals(shouldBe))
                        .ifPresent(is -> {
                            boolean off = is.attribute().isEmpty();
                            var remedy = off ? remedy(TableOption.TIME_TO_LIVE, ours) : Remedy.REPORTED;
                            add("time to live", described(is), described(shouldBe), remedy);
                        }));
    }

    /** An option that is off. On a table of another origin, it may be off on purpose. */
    private Remedy remedy(TableOption option, BooleanSupplier ours) {
        if (!ours.getAsBoolean()) {
            return Remedy.REPORTED;
        }
        completable.add(option);
        return Remedy.CREATED;
    }

    private static String described(TimeToLive timeToLive) {
        return timeToLive.attribute().map(attribute -> "by " + attribute).orElse("off");
    }

    private void recovery(BooleanSupplier ours) {
        if (wanted.recovery() != PointInTimeRecovery.UNSAID
                && found.recovery() != PointInTimeRecovery.UNSAID
                && wanted.recovery() != found.recovery()) {
            add(
                    "point-in-time recovery",
                    onOff(found.recovery() == PointInTimeRecovery.ON),
                    onOff(wanted.recovery() == PointInTimeRecovery.ON),
                    found.recovery() == PointInTimeRecovery.OFF ? remedy(TableOption.RECOVERY, ours) : Remedy.REPORTED);
        }
    }

    /** Which key it is cannot be the same in another account or region; whether the owner of the tables has it can. */
    private void encryption() {
        wanted.encryption()
                .ifPresent(shouldBe -> found.encryption()
                        .filter(is -> is.kind() != shouldBe.kind())
                        .ifPresent(is -> add("encryption", is.words(), shouldBe.words(), Remedy.REPORTED)));
    }

    private void tags() {
        var there = found.request().tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
        wanted.request().tags().stream()
                .filter(tag -> !tag.value().equals(there.get(tag.key())))
                .forEach(tag -> add(
                        "tag " + tag.key(),
                        there.getOrDefault(tag.key(), SchemaDifference.MISSING),
                        tag.value(),
                        Remedy.REPORTED));
    }

    private void add(String what, String is, String shouldBe, Remedy remedy) {
        differences.add(new SchemaDifference(what, is, shouldBe, remedy));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
