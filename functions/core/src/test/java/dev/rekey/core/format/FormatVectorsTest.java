package dev.rekey.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.format.Reading.Item;
import dev.rekey.core.format.Reading.Unreadable;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published examples of what files say. */
class FormatVectorsTest {
    private static final Path VECTORS = Path.of("../../docs/reference/format-vectors.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<JsonNode> vectors() throws IOException {
        var vectors = JSON.readTree(Files.readString(VECTORS))
                .path("vectors")
                .valueStream()
                .toList();
        assertThat(vectors.stream().map(one -> one.path("format").asText()).distinct())
                .containsExactlyInAnyOrder("csv", "postgres", "json", "mongo", "dynamodb");
        return vectors.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void linesAreRead(JsonNode vector) throws UnreadableException, IOException {
        var expected = new ArrayList<JsonNode>();
        for (var item : vector.path("items")) {
            // In the order of names, as the reader's are written.
            expected.add(item.isTextual() ? item : JSON.readTree(TypedJson.text(TypedJson.parse(item.toString()))));
        }
        assertThat(items(vector)).isEqualTo(expected).isNotEmpty();
    }

    private static List<JsonNode> items(JsonNode vector) throws UnreadableException, IOException {
        var format = RecordFormat.of(options(vector));
        var file = String.join("\n", texts(vector.path("lines"))).getBytes(StandardCharsets.UTF_8);
        var splitter = new RecordSplitter(format.framing(), 0, 1);
        var records = splitter.add(file, 0, file.length);
        splitter.end().ifPresent(records::add);
        var reader = format.reader(format.hasHeader() ? Optional.of(records.removeFirst()) : Optional.empty());
        var items = new ArrayList<JsonNode>();
        for (var record : records) {
            items.add(
                    switch (reader.read(record)) {
                        case Item(var attributes) -> JSON.readTree(TypedJson.text(attributes));
                        case Unreadable unreadable ->
                            JSON.getNodeFactory().textNode(unreadable.problem().id());
                    });
        }
        return items;
    }

    private static FormatOptions options(JsonNode vector) {
        var keys = map(vector.path("key"), KeyType::valueOf);
        var types = new HashMap<ReferencePath, CellType>();
        map(vector.path("types"), type -> CellType.valueOf(type.toUpperCase(Locale.ROOT)))
                .forEach((name, type) -> types.put(new ReferencePath(name, List.of(new Field(name))), type));
        return new FormatOptions(
                FileFormat.valueOf(vector.path("format").asText().toUpperCase(Locale.ROOT)),
                vector.path("separator").asText(",").charAt(0),
                map(vector.path("columns"), name -> name),
                types,
                keys,
                keys.keySet());
    }

    private static <T> Map<String, T> map(JsonNode object, Function<String, T> value) {
        var map = new HashMap<String, T>();
        object.properties()
                .forEach(one -> map.put(one.getKey(), value.apply(one.getValue().asText())));
        return map;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
