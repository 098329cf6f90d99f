package dev.rekey.engine.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB JSON, such as {@code {"id":{"S":"a"},"total":{"N":"1.5"}}}: exact in both directions. */
public final class TypedJson {
    private TypedJson() {}

    /** Writes an item or a key as one object. */
    public static void write(JsonGenerator out, Map<String, AttributeValue> item) throws IOException {
        beingWritten();
    }

    public static void writeValue(JsonGenerator out, AttributeValue value) throws IOException {
        beingWritten();
    }

    /**
     * Reads an item or a key.
     *
     * @param in at the object's start, or before it; afterwards at its end
     * @throws IOException if it is not DynamoDB JSON
     */
    public static Map<String, AttributeValue> read(JsonParser in) throws IOException {
        return beingWritten();
    }

    /** @see #read(JsonParser) */
    public static AttributeValue readValue(JsonParser in) throws IOException {
        return beingWritten();
    }

    public static String text(Map<String, AttributeValue> item) {
        return beingWritten();
    }

    /** @throws IllegalArgumentException if {@code text} is not an item or a key in DynamoDB JSON */
    public static Map<String, AttributeValue> parse(String text) {
        return beingWritten();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only until the body is there
    private static <T> T beingWritten() {
        throw new UnsupportedOperationException("being written");
    }
}
