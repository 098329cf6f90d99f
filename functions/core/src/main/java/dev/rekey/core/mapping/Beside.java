package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.Treatment.Change;
import dev.rekey.core.plan.OnExisting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A reference whose new id is written beside the old one.
 *
 * @param fields that lead to the old id, or to a list or set of old ids
 * @param many whether it is a list or a set
 * @param attribute that gets the new id
 */
record Beside(ReferenceRule rule, List<String> fields, boolean many, String attribute, OnExisting onExisting) {

    /** Writes the new id of the reference in {@code source} into {@code item}. */
    void write(
            Map<String, AttributeValue> source,
            Rewriting rewriting,
            Map<String, AttributeValue> item,
            Existing existing) {
        found(source)
                .flatMap(old -> many ? newIds(old, rewriting) : newId(old, rewriting))
                .ifPresent(now -> existing.write(item, attribute, Optional.of(now), onExisting));
    }

    /** What stands where the path leads; empty if it leads nowhere. */
    private Optional<AttributeValue> found(Map<String, AttributeValue> source) {
        var map = source;
        for (var field : fields.subList(0, fields.size() - 1)) {
            var value = map.get(field);
            if (value == null || value.type() == AttributeValue.Type.NUL) {
                return Optional.empty();
            }
            if (!value.hasM()) {
                throw misfit(value);
            }
            map = value.m();
        }
        return Optional.ofNullable(map.get(fields.getLast())).filter(value -> value.type() != AttributeValue.Type.NUL);
    }

    private UnmappableException misfit(AttributeValue value) {
        return new UnmappableException(
                Rewriting.WRONG_TYPE, rule.path(), "the path leads to a value of type " + value.type());
    }

    private Optional<AttributeValue> newId(AttributeValue value, Rewriting rewriting) {
        return switch (OldId.read(rule.type(), value)) {
            case OldId id -> rewriting.isKept(rule, id) ? Optional.empty() : newValue(id, rewriting.treat(rule, id));
            case IdReading.NoId() -> Optional.empty();
            case IdReading.Unusable unusable -> {
                rewriting.treat(rule, unusable);
                yield Optional.empty();
            }
        };
    }

    private Optional<AttributeValue> newValue(OldId id, Change change) {
        return switch (change) {
            case Change.Unchanged() -> Optional.of(id.value());
            case Change.Replaced(var text) -> Optional.of(new OldId(rule.newType(), text).value());
            case Change.Removed() -> Optional.empty();
        };
    }

    private Optional<AttributeValue> newIds(AttributeValue value, Rewriting rewriting) {
        return switch (value.type()) {
            case L -> Optional.of(AttributeValue.fromL(each(value.l(), rewriting)));
            case SS -> set(each(value.ss().stream().map(AttributeValue::fromS).toList(), rewriting));
            case NS -> set(each(value.ns().stream().map(AttributeValue::fromN).toList(), rewriting));
            case BS -> set(each(value.bs().stream().map(AttributeValue::fromB).toList(), rewriting));
            case S, N, B, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> throw misfit(value);
        };
    }

    private List<AttributeValue> each(List<AttributeValue> values, Rewriting rewriting) {
        var now = new ArrayList<AttributeValue>();
        values.forEach(value -> newId(value, rewriting).ifPresent(now::add));
        return now;
    }

    private Optional<AttributeValue> set(List<AttributeValue> ids) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            throw new UnmappableException(
                    Rewriting.COLLISION, rule.path(), "the value is a set of which two elements become one");
        }
        return Optional.of(
                switch (rule.newType()) {
                    case S ->
                        AttributeValue.fromSs(
                                ids.stream().map(AttributeValue::s).toList());
                    case N ->
                        AttributeValue.fromNs(
                                ids.stream().map(AttributeValue::n).toList());
                    case B ->
                        AttributeValue.fromBs(
                                ids.stream().map(AttributeValue::b).toList());
                });
    }
}
