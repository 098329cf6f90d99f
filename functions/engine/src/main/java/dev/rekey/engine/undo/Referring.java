package dev.rekey.engine.undo;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table whose records refer to others by the ids that these have where they were written. */
record Referring(TablePlan plan, RecordMapping mapping) {
    static Referring of(RunContext run, TableName table) {
        return new Referring(run.known().table(table), run.holding(table));
    }

    /** One reference of a record: where it stands, and to what. */
    record Use(String path, Identity to) {}

    /** What a record refers to by the ids that it holds, new ones where it was written. */
    Stream<Identity> referred(Map<String, AttributeValue> record) {
        return uses(record).map(Use::to);
    }

    /** The same with the places. */
    Stream<Use> uses(Map<String, AttributeValue> record) {
        var inPlaceOfOld = mapping.referencesAfter(record).stream()
                .filter(ReferenceUse.Used.class::isInstance)
                .map(ReferenceUse.Used.class::cast)
                .map(use -> new Use(use.path(), new Identity(use.family(), use.id())));
        var besideOld = plan.references().stream()
                .flatMap(reference -> reference.as().stream().flatMap(as -> beside(reference, record, as.attribute())));
        return Stream.concat(inPlaceOfOld, besideOld);
    }

    private static Stream<Use> beside(Reference reference, Map<String, AttributeValue> record, String attribute) {
        return Optional.ofNullable(record.get(attribute)).stream()
                .flatMap(Referring::single)
                .map(id -> new Use(attribute, new Identity(reference.family(), id)));
    }

    /** The ids that a value is, or that are elements of it. */
    private static Stream<OldId> single(AttributeValue value) {
        return switch (value.type()) {
            case S, N, B ->
                OldId.read(KeyType.valueOf(value.type().name()), value) instanceof OldId id
                        ? Stream.of(id)
                        : Stream.empty();
            case L -> value.l().stream().flatMap(Referring::single);
            case SS -> value.ss().stream().map(AttributeValue::fromS).flatMap(Referring::single);
            case NS -> value.ns().stream().map(AttributeValue::fromN).flatMap(Referring::single);
            case BS -> value.bs().stream().map(AttributeValue::fromB).flatMap(Referring::single);
            case M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> Stream.empty();
        };
    }
}
