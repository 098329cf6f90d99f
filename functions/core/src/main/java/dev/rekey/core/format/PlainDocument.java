package dev.rekey.core.format;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A JSON object: its fields are the attributes. */
final class PlainDocument implements JsonRecords.Document {
    private final FormatOptions options;
    private final Types types;

    PlainDocument(FormatOptions options) {
        this.options = options;
        this.types = Types.of(options);
    }

    @Override
    public Map<String, AttributeValue> read(JsonParser in, byte[] bytes) throws IOException {
        begin(in);
        return JsonValues.fields(in, types, options::attribute);
    }

    static void begin(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(in, "not an object");
        }
    }
}
