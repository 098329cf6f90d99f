package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.InOrder;
import dev.rekey.core.mapping.Treatment.Change;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Goes through one record along the places that hold identities; copies only what changes. */
@SuppressWarnings("ReferenceEquality") // "the very same object" is how a value says that nothing in it changed
final class Walk {
    /** Stands for a value that is no longer there; known by being this very object. */
    private static final AttributeValue GONE = AttributeValue.builder().build();

    private final Treatment treatment;

    Walk(Treatment treatment) {
        this.treatment = treatment;
    }

    /** @return {@code map} itself if nothing in it changed */
    Map<String, AttributeValue> fields(PathTree place, Map<String, AttributeValue> map) {
        var treated = map;
        for (var field : place.fields().entrySet()) {
            var old = map.get(field.getKey());
            if (old != null) {
                var now = value(field.getValue(), old);
                if (now != old) {
                    treated = treated == map ? new HashMap<>(map) : treated;
                    if (now == GONE) {
                        treated.remove(field.getKey());
                    } else {
                        treated.put(field.getKey(), now);
                    }
                }
            }
        }
        return treated;
    }

    private AttributeValue value(PathTree place, AttributeValue value) {
        return switch (value.type()) {
            case NUL -> {
                treatment.nothing(place);
                yield value;
            }
            case S -> string(place, value);
            case N -> place.rule().isPresent() ? number(place.rule().get(), value) : misfit(place, value);
            case B -> place.rule().isPresent() ? binary(place.rule().get(), value) : misfit(place, value);
            case M -> place.entersMaps() ? map(place, value) : misfit(place, value);
            case L -> place.elements().map(below -> list(below, value)).orElseGet(() -> misfit(place, value));
            case SS, NS, BS -> place.elements().map(below -> set(below, value)).orElseGet(() -> misfit(place, value));
            case BOOL, UNKNOWN_TO_SDK_VERSION -> misfit(place, value);
        };
    }

    private AttributeValue string(PathTree place, AttributeValue value) {
        if (place.rule().isPresent()) {
            var rule = place.rule().get();
            return changed(value, treat(rule, OldId.ofText(rule.type(), value.s())), AttributeValue::fromS);
        }
        if (place.json().isEmpty()) {
            return misfit(place, value);
        }
        var json = new JsonText(value.s(), treatment).walk(place.json().get());
        return changed(value, json, AttributeValue::fromS);
    }

    private AttributeValue number(ReferenceRule rule, AttributeValue value) {
        return changed(value, treat(rule, OldId.ofNumber(rule.type(), value.n())), AttributeValue::fromN);
    }

    private AttributeValue binary(ReferenceRule rule, AttributeValue value) {
        return changed(
                value,
                treat(rule, OldId.ofBinary(rule.type(), value.b())),
                text -> AttributeValue.fromB(
                        SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text))));
    }

    private static AttributeValue changed(AttributeValue old, Change change, Function<String, AttributeValue> toValue) {
        return switch (change) {
            case Change.Unchanged() -> old;
            case Change.Removed() -> GONE;
            case Change.Replaced(var text) -> toValue.apply(text);
        };
    }

    private AttributeValue map(PathTree place, AttributeValue value) {
        var map = value.m();
        var treated = fields(place, map);
        if (place.mapKeys().isPresent()) {
            treated = keys(place, place.mapKeys().get(), treated);
        }
        return treated == map ? value : AttributeValue.fromM(treated);
    }

    /** @return {@code map} itself if no key changed */
    private Map<String, AttributeValue> keys(PathTree place, ReferenceRule rule, Map<String, AttributeValue> map) {
        var treated = new HashMap<String, AttributeValue>();
        var changed = false;
        for (var entry : InOrder.map(map).entrySet()) {
            var change = treat(rule, OldId.ofText(rule.type(), entry.getKey()));
            changed |= !(change instanceof Change.Unchanged);
            if (!(change instanceof Change.Removed)) {
                var key = change instanceof Change.Replaced(var text) ? text : entry.getKey();
                if (treated.put(key, entry.getValue()) != null) {
                    treatment.misfit(place, Rewriting.COLLISION, "is a map in which two keys become equal");
                }
            }
        }
        return changed ? treated : map;
    }

    private AttributeValue list(PathTree below, AttributeValue value) {
        var elements = value.l();
        var treated = elements(below, elements);
        return treated == elements ? value : AttributeValue.fromL(treated);
    }

    private AttributeValue set(PathTree below, AttributeValue value) {
        var elements = switch (value.type()) {
            case SS ->
                InOrder.texts(value.ss()).stream().map(AttributeValue::fromS).toList();
            case NS ->
                InOrder.numbers(value.ns()).stream().map(AttributeValue::fromN).toList();
            case BS ->
                InOrder.binaries(value.bs()).stream().map(AttributeValue::fromB).toList();
            case S, N, B, L, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException(value.type() + " is not a set");
        };
        var treated = elements(below, elements);
        if (treated == elements) {
            return value;
        }
        if (treated.isEmpty()) {
            return GONE;
        }
        if (new HashSet<>(treated).size() < treated.size()) {
            treatment.misfit(below, Rewriting.COLLISION, "is a set in which two elements become equal");
        }
        return ofSet(value.type(), treated);
    }

    private static AttributeValue ofSet(AttributeValue.Type type, List<AttributeValue> elements) {
        return switch (type) {
            case SS ->
                AttributeValue.fromSs(elements.stream().map(AttributeValue::s).toList());
            case NS ->
                AttributeValue.fromNs(elements.stream().map(AttributeValue::n).toList());
            case BS ->
                AttributeValue.fromBs(elements.stream().map(AttributeValue::b).toList());
            case S, N, B, L, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException(type + " is not a set");
        };
    }

    /** @return {@code elements} itself if nothing changed */
    private List<AttributeValue> elements(PathTree below, List<AttributeValue> elements) {
        var treated = new ArrayList<AttributeValue>(elements.size());
        var changed = false;
        for (var element : elements) {
            var now = value(below, element);
            changed |= now != element;
            if (now != GONE) {
                treated.add(now);
            }
        }
        return changed ? treated : elements;
    }

    private Change treat(ReferenceRule rule, IdReading reading) {
        return treatment.treat(rule, reading);
    }

    private AttributeValue misfit(PathTree place, AttributeValue value) {
        treatment.misfit(place, Rewriting.WRONG_TYPE, Misfits.describe(place, value.type()));
        return value;
    }
}
