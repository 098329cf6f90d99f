package dev.rekey.examples.chinook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The music shop: a JSON file that holds an array of rows for each table. */
public final class Chinook {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final List<ExampleTable> TABLES = List.of(
            table("Genre"),
            table("MediaType"),
            table("Artist"),
            table("Album"),
            table("Track"),
            table("Employee"),
            table("Customer"),
            table("Invoice"),
            table("InvoiceLine"),
            table("Playlist"),
            ExampleTable.of("PlaylistTrack", number("PlaylistId"), number("TrackId")));

    private Chinook() {}

    /** The 11 tables of the plan, in its order. */
    public static List<ExampleTable> tables() {
        return TABLES;
    }

    /**
     * The rows of {@code file} as records.
     *
     * @throws UncheckedIOException if the file cannot be read or is not JSON
     * @throws IllegalArgumentException if it lacks a table
     */
    public static Stream<ExampleRecord> records(Path file) {
        var document = document(file);
        return TABLES.stream().map(ExampleTable::name).flatMap(table -> rows(document, table));
    }

    private static JsonNode document(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ExampleRecord> rows(JsonNode document, String table) {
        var rows = document.path(table);
        if (!rows.isArray()) {
            throw new IllegalArgumentException("the file has no array named " + table);
        }
        return rows.valueStream().map(row -> new ExampleRecord(table, item(row)));
    }

    private static Map<String, AttributeValue> item(JsonNode row) {
        var item = new LinkedHashMap<String, AttributeValue>();
        row.properties().forEach(property -> item.put(property.getKey(), value(property.getValue())));
        return item;
    }

    /** Rows hold nothing but text, numbers and null. */
    private static AttributeValue value(JsonNode value) {
        if (value.isNull()) {
            return AttributeValue.fromNul(true);
        }
        if (value.isNumber()) {
            return AttributeValue.fromN(value.decimalValue().toPlainString());
        }
        if (value.isTextual()) {
            return AttributeValue.fromS(value.textValue());
        }
        throw new IllegalArgumentException(
                "a row holds " + value.getNodeType() + ", which is neither text nor a number");
    }

    private static ExampleTable table(String name) {
        return ExampleTable.of(name, number(name + "Id"));
    }

    private static Attribute number(String name) {
        return new Attribute(name, ScalarAttributeType.N);
    }
}
