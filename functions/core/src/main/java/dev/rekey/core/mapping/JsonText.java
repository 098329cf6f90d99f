package dev.rekey.core.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.Treatment.Change;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Goes through one JSON text along the places that hold identities. Only the characters of what changes are exchanged;
 * everything else, white space and the digits of numbers included, stays to the letter.
 */
final class JsonText {
    /** An item has 400 KB, so nothing in it is longer. */
    private static final int LONGEST = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String text;
    private final Treatment treatment;
    private final JsonSplice splice;

    JsonText(String text, Treatment treatment) {
        this.text = text;
        this.treatment = treatment;
        this.splice = new JsonSplice(text);
    }

    Change walk(PathTree place) {
        if (text.isEmpty()) {
            return Treatment.UNCHANGED;
        }
        try (var in = FACTORY.createParser(text)) {
            if (in.nextToken() == null) {
                return notJson(place);
            }
            var stays = value(place, in);
            if (in.nextToken() != null) {
                return notJson(place);
            }
            return stays ? splice.result() : Treatment.REMOVED;
        } catch (IOException _) {
            return notJson(place);
        }
    }

    private Change notJson(PathTree place) {
        treatment.misfit(place, Rewriting.NOT_JSON, "is a string of " + text.length() + " characters that is not JSON");
        return Treatment.UNCHANGED;
    }

    /** @return false if the value is to be removed */
    private boolean value(PathTree place, JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                if (place.entersMaps()) {
                    members(place, in);
                } else {
                    misfit(place, in, "an object");
                }
                yield true;
            }
            case START_ARRAY -> {
                if (place.elements().isPresent()) {
                    elements(place.elements().get(), in);
                } else {
                    misfit(place, in, "an array");
                }
                yield true;
            }
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(place, in);
            case VALUE_TRUE, VALUE_FALSE -> {
                misfit(place, in, "a boolean");
                yield true;
            }
            case VALUE_NULL -> {
                treatment.nothing(place);
                yield true;
            }
            default -> true;
        };
    }

    private void misfit(PathTree place, JsonParser in, String found) throws IOException {
        treatment.misfit(place, Rewriting.WRONG_TYPE, "is JSON with " + found + " where the plan does not expect one");
        in.skipChildren();
    }

    private boolean scalar(PathTree place, JsonParser in) throws IOException {
        var isString = in.currentToken() == JsonToken.VALUE_STRING;
        if (place.rule().isEmpty()) {
            misfit(place, in, isString ? "a string" : "a number");
            return true;
        }
        var rule = place.rule().get();
        var start = start(in);
        var content = in.getText();
        var reading = isString ? string(rule, content) : OldId.ofNumber(rule.type(), content);
        return apply(treatment.treat(rule, reading), start, isString);
    }

    /** A JSON escape can write half a character, which no DynamoDB string can hold. */
    private static IdReading string(ReferenceRule rule, String content) {
        return content.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                ? new IdReading.Unusable("is JSON with a string that is not Unicode")
                : OldId.ofText(rule.type(), content);
    }

    private boolean apply(Change change, int start, boolean quoted) {
        return switch (change) {
            case Change.Unchanged() -> true;
            case Change.Removed() -> false;
            case Change.Replaced(var now) -> {
                var escaped = quoted
                        ? '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(now)) + '"'
                        : now;
                splice.replace(start, splice.scalarEnd(start), escaped);
                yield true;
            }
        };
    }

    private void elements(PathTree below, JsonParser in) throws IOException {
        var children = splice.children();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            var start = start(in);
            children.begin(start);
            var stays = value(below, in);
            children.end(start, end(in, start), stays);
        }
    }

    private void members(PathTree place, JsonParser in) throws IOException {
        var children = splice.children();
        var keys = new HashSet<String>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var start = start(in);
            children.begin(start);
            var stays = member(place, in, start, keys);
            children.end(start, end(in, start(in)), stays);
        }
    }

    private boolean member(PathTree place, JsonParser in, int keyStart, Set<String> keys) throws IOException {
        var name = in.currentName();
        var keyStays = place.mapKeys().isEmpty() || key(place, place.mapKeys().get(), name, keyStart, keys);
        in.nextToken();
        var below = place.field(name);
        if (keyStays && below.isPresent()) {
            return value(below.get(), in);
        }
        in.skipChildren();
        return keyStays;
    }

    private boolean key(PathTree place, ReferenceRule rule, String name, int start, Set<String> keys) {
        var change = treatment.treat(rule, string(rule, name));
        var stays = apply(change, start, true);
        if (stays && !keys.add(change instanceof Change.Replaced(var now) ? now : name)) {
            treatment.misfit(place, Rewriting.COLLISION, "is JSON with an object in which two keys become equal");
        }
        return stays;
    }

    private static int start(JsonParser in) {
        return (int) in.currentTokenLocation().getCharOffset();
    }

    /** Where the value ends that began at {@code start} and whose last token is the current one. */
    private int end(JsonParser in, int start) {
        return in.currentToken().isStructEnd() ? start(in) + 1 : splice.scalarEnd(start);
    }
}
