package dev.rekey.core.format;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rekey.core.item.TypedJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB JSON: an item, or one in the field {@code Item} of an object, as exports write it. */
final class TypedDocument implements JsonRecords.Document {
    private static final String WRAPPER = "Item";

    private final FormatOptions options;

    TypedDocument(FormatOptions options) {
        this.options = options;
    }

    @Override
    public Map<String, AttributeValue> read(JsonParser in, byte[] bytes) throws IOException {
        if (!isWrapped(bytes)) {
            return attributes(in);
        }
        PlainDocument.begin(in);
        in.nextToken();
        var item = attributes(in);
        if (in.nextToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(in, "more than the item");
        }
        return item;
    }

    /**
     * An item can have an attribute of this name, too: there, the name of a type and its content follow, and here the name of an
     * attribute and an object. Both look alike where that is {@code M}; but an item with nothing but a map has no key.
     */
    private static boolean isWrapped(byte[] bytes) throws IOException {
        try (var in = TypedJson.factory().createParser(bytes)) {
            PlainDocument.begin(in);
            in.nextToken();
            if (!WRAPPER.equals(in.currentName()) || in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean empty = in.nextToken() == JsonToken.END_OBJECT;
            boolean attribute = !empty && in.nextToken() == JsonToken.START_OBJECT;
            if (attribute && in.currentName().equals("M")) {
                in.skipChildren();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    in.nextToken();
                    in.skipChildren();
                }
                return in.nextToken() == JsonToken.END_OBJECT;
            }
            return empty || attribute;
        }
    }

    private Map<String, AttributeValue> attributes(JsonParser in) throws IOException {
        if (in.currentToken() == null) {
            in.nextToken();
        } else if (in.currentToken() == JsonToken.FIELD_NAME) {
            in.nextToken();
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(in, "not an object");
        }
        var item = new LinkedHashMap<String, AttributeValue>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var name = options.attribute(Scalars.unicode(in.currentName()));
            in.nextToken();
            try {
                if (item.put(name, Storable.of(TypedJson.readValue(in))) != null) {
                    throw new BadValueException("is there twice");
                }
            } catch (BadValueException e) {
                throw e.below(name);
            }
        }
        return item;
    }
}
