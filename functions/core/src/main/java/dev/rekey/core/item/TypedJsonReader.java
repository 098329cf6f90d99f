package dev.rekey.core.item;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads what {@link TypedJson} writes. */
final class TypedJsonReader {
    private TypedJsonReader() {}

    static Map<String, AttributeValue> item(JsonParser in) throws IOException {
        begin(in, JsonToken.START_OBJECT);
        var item = new LinkedHashMap<String, AttributeValue>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var name = in.currentName();
            in.nextToken();
            if (item.put(name, value(in)) != null) {
                throw new JsonParseException(in, "an attribute is there twice");
            }
        }
        return item;
    }

    static AttributeValue value(JsonParser in) throws IOException {
        begin(in, JsonToken.START_OBJECT);
        expect(in, in.nextToken(), JsonToken.FIELD_NAME);
        var type = in.currentName();
        in.nextToken();
        var value = content(in, type);
        expect(in, in.nextToken(), JsonToken.END_OBJECT);
        return value;
    }

    private static AttributeValue content(JsonParser in, String type) throws IOException {
        return switch (type) {
            case "S" -> AttributeValue.fromS(string(in));
            case "N" -> AttributeValue.fromN(string(in));
            case "B" -> AttributeValue.fromB(binary(in));
            case "BOOL" -> AttributeValue.fromBool(in.getBooleanValue());
            case "NULL" -> AttributeValue.fromNul(in.getBooleanValue());
            case "SS" -> AttributeValue.fromSs(elements(in, TypedJsonReader::string));
            case "NS" -> AttributeValue.fromNs(elements(in, TypedJsonReader::string));
            case "BS" -> AttributeValue.fromBs(elements(in, TypedJsonReader::binary));
            case "L" -> AttributeValue.fromL(elements(in, TypedJsonReader::value));
            case "M" -> AttributeValue.fromM(item(in));
            default -> throw new JsonParseException(in, "not a type of DynamoDB's: " + type);
        };
    }

    @FunctionalInterface
    private interface Element<T> {
        T read(JsonParser in) throws IOException;
    }

    private static <T> List<T> elements(JsonParser in, Element<T> element) throws IOException {
        begin(in, JsonToken.START_ARRAY);
        var elements = new ArrayList<T>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(in));
        }
        return elements;
    }

    private static String string(JsonParser in) throws IOException {
        expect(in, in.currentToken(), JsonToken.VALUE_STRING);
        return in.getText();
    }

    private static SdkBytes binary(JsonParser in) throws IOException {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(string(in)));
        } catch (IllegalArgumentException e) {
            throw new JsonParseException(in, "not Base64", e);
        }
    }

    private static void begin(JsonParser in, JsonToken start) throws IOException {
        expect(in, in.currentToken() == start ? start : in.nextToken(), start);
    }

    private static void expect(JsonParser in, JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new JsonParseException(in, "found " + found + " where DynamoDB JSON has " + expected);
        }
    }
}
