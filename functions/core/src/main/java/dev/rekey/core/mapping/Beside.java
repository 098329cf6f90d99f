package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.NewId;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.Treatment.Change;
import dev.rekey.core.plan.OnExisting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A reference whose new id is written beside the old one.
 *
 * @param fields that lead to the old id, or to a list or set of old ids
 * @param many whether it is a list or a set
 * @param attribute that gets the new id
 */
record Beside(ReferenceRule rule, List<String> fields, boolean many, String attribute, OnExisting onExisting) {

    /**
     * Writes the new id of the reference in {@code source} into {@code item}. Where there is none, one that an earlier run
     * wrote is removed.
     */
    void write(
            Map<String, AttributeValue> source,
            Rewriting rewriting,
            Map<String, AttributeValue> item,
            Existing existing) {
        var there = Optional.ofNullable(item.get(attribute));
        found(source)
                .flatMap(old -> many ? newIds(old, rewriting, there) : newId(old, rewriting, there::equals))
                .ifPresentOrElse(
                        now -> existing.write(item, attribute, Optional.of(now), onExisting),
                        () -> existing.removeOurs(item, attribute));
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

    /** @param there whether an id stands there already, as a value */
    private Optional<AttributeValue> newId(
            AttributeValue value, Rewriting rewriting, Predicate<Optional<AttributeValue>> there) {
        return switch (OldId.read(rule.type(), value)) {
            case OldId id -> {
                // An id that stays, or has no new one any more, may have got one from an earlier run.
                var before = rewriting.isKept(rule, id) || rule.derivation().of(id) instanceof NewId.Missing
                        ? given(id).filter(now -> there.test(Optional.of(now)))
                        : Optional.<AttributeValue>empty();
                yield before.or(
                        () -> rewriting.isKept(rule, id) ? Optional.empty() : newValue(id, rewriting.treat(rule, id)));
            }
            case IdReading.NoId() -> Optional.empty();
            case IdReading.Unusable unusable -> {
                rewriting.treat(rule, unusable);
                yield Optional.empty();
            }
        };
    }

    /** The new id that the mapping gives, or one of an earlier run gave. */
    private Optional<AttributeValue> given(OldId id) {
        return switch (rule.derivation().of(id)) {
            case NewId.Unchanged() -> Optional.of(id.value());
            case NewId.Changed(var text) -> Optional.of(new OldId(rule.newType(), text).value());
            case NewId.Missing() -> rule.derivation().former(id).map(OldId::value);
        };
    }

    private Optional<AttributeValue> newValue(OldId id, Change change) {
        return switch (change) {
            case Change.Unchanged() -> Optional.of(id.value());
            case Change.Replaced(var text) -> Optional.of(new OldId(rule.newType(), text).value());
            case Change.Removed() -> Optional.empty();
        };
    }

    private Optional<AttributeValue> newIds(AttributeValue value, Rewriting rewriting, Optional<AttributeValue> there) {
        return switch (value.type()) {
            case L -> Optional.of(AttributeValue.fromL(each(value.l(), rewriting, there)));
            case SS -> set(each(value.ss().stream().map(AttributeValue::fromS).toList(), rewriting, there));
            case NS -> set(each(value.ns().stream().map(AttributeValue::fromN).toList(), rewriting, there));
            case BS -> set(each(value.bs().stream().map(AttributeValue::fromB).toList(), rewriting, there));
            case S, N, B, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> throw misfit(value);
        };
    }

    private List<AttributeValue> each(
            List<AttributeValue> values, Rewriting rewriting, Optional<AttributeValue> there) {
        var now = new ArrayList<AttributeValue>();
        var standing = there.map(Beside::elements).orElse(List.of());
        values.forEach(value -> newId(
                        value, rewriting, id -> id.filter(standing::contains).isPresent())
                .ifPresent(now::add));
        return now;
    }

    private static List<AttributeValue> elements(AttributeValue value) {
        return switch (value.type()) {
            case L -> value.l();
            case SS -> value.ss().stream().map(AttributeValue::fromS).toList();
            case NS -> value.ns().stream().map(AttributeValue::fromN).toList();
            case BS -> value.bs().stream().map(AttributeValue::fromB).toList();
            case S, N, B, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> List.of();
        };
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
