package dev.rekey.core.item;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB JSON, such as {@code {"id":{"S":"a"},"total":{"N":"1.5"}}}: exact in both directions, and maps in order of their names. */
public final class TypedJson {
    private static final int LONGEST_NAME = 1 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNameLength(LONGEST_NAME).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private TypedJson() {}

    /** Makes parsers and generators for texts with items in them; its limits fit what DynamoDB can hold. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** Writes an item or a key as one object. */
    public static void write(JsonGenerator out, Map<String, AttributeValue> item) throws IOException {
        out.writeStartObject();
        for (var entry : InOrder.map(item).entrySet()) {
            out.writeFieldName(entry.getKey());
            writeValue(out, entry.getValue());
        }
        out.writeEndObject();
    }

    public static void writeValue(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        switch (value.type()) {
            case S -> out.writeStringField("S", value.s());
            case N -> out.writeStringField("N", value.n());
            case B -> out.writeStringField("B", base64(value.b()));
            case BOOL -> out.writeBooleanField("BOOL", value.bool());
            case NUL -> out.writeBooleanField("NULL", value.nul());
            case SS -> writeTexts(out, "SS", value.ss());
            case NS -> writeTexts(out, "NS", value.ns());
            case BS ->
                writeTexts(out, "BS", value.bs().stream().map(TypedJson::base64).toList());
            case L -> {
                out.writeArrayFieldStart("L");
                for (var element : value.l()) {
                    writeValue(out, element);
                }
                out.writeEndArray();
            }
            case M -> {
                out.writeFieldName("M");
                write(out, value.m());
            }
            case UNKNOWN_TO_SDK_VERSION -> throw new IOException("a value without a type cannot be written");
        }
        out.writeEndObject();
    }

    private static void writeTexts(JsonGenerator out, String type, Iterable<String> texts) throws IOException {
        out.writeArrayFieldStart(type);
        for (var text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    /**
     * Reads an item or a key.
     *
     * @param in at the object's start, or before it; afterwards at its end
     * @throws IOException if it is not DynamoDB JSON
     */
    public static Map<String, AttributeValue> read(JsonParser in) throws IOException {
        return TypedJsonReader.item(in);
    }

    /** @see #read(JsonParser) */
    public static AttributeValue readValue(JsonParser in) throws IOException {
        return TypedJsonReader.value(in);
    }

    public static String text(Map<String, AttributeValue> item) {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(text)) {
            write(out, item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A value as it stands in an item. */
    public static String valueText(AttributeValue value) {
        var item = text(Map.of("v", value));
        return item.substring("{\"v\":".length(), item.length() - 1);
    }

    /** @throws IllegalArgumentException if {@code text} is not an item or a key in DynamoDB JSON */
    public static Map<String, AttributeValue> parse(String text) {
        try (var in = FACTORY.createParser(text)) {
            var item = read(in);
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("there is more after the item");
            }
            return item;
        } catch (IOException e) {
            throw new IllegalArgumentException("not DynamoDB JSON", e);
        }
    }
}
