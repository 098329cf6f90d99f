package dev.rekey.engine.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rekey.core.item.TypedJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The fields of an update in a line of the undo log. A value that is not there is {@code null}. */
final class UpdateCodec {
    private UpdateCodec() {}

    static void write(JsonGenerator json, Operation.Update update) throws IOException {
        json.writeObjectFieldStart("touched");
        for (var one : update.touched().entrySet()) {
            json.writeObjectFieldStart(one.getKey());
            value(json, "before", one.getValue().before());
            if (one.getValue().isCarried()) {
                value(json, "found", one.getValue().found());
            }
            value(json, "after", one.getValue().after());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("read");
        for (var one : update.read().entrySet()) {
            value(json, one.getKey(), one.getValue());
        }
        json.writeEndObject();
        json.writeStringField("rest", update.rest().hex());
    }

    private static void value(JsonGenerator json, String name, Optional<AttributeValue> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            TypedJson.writeValue(json, value.get());
        } else {
            json.writeNull();
        }
    }

    /** @param json at the start of the object {@code touched} */
    static Map<String, Touched> touched(JsonParser json) throws IOException {
        var touched = new HashMap<String, Touched>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            var values = values(json);
            if (!values.keySet().containsAll(Set.of("before", "after"))) {
                throw new IOException("an attribute without what it was or what it is to be");
            }
            touched.put(
                    name,
                    new Touched(
                            values.get("before"),
                            values.getOrDefault("found", values.get("before")),
                            values.get("after")));
        }
        return touched;
    }

    /** @param json at the start of an object of values by name */
    static Map<String, Optional<AttributeValue>> values(JsonParser json) throws IOException {
        var values = new HashMap<String, Optional<AttributeValue>>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            values.put(
                    name,
                    json.currentToken() == JsonToken.VALUE_NULL
                            ? Optional.empty()
                            : Optional.of(TypedJson.readValue(json)));
        }
        return values;
    }
}
