package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON texts and trees. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads a JSON text.
     *
     * @throws JsonProcessingException when it is none
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return checked(MAPPER.readTree(text));
    }

    /**
     * Reads a JSON text in which no object may have two members of one name.
     *
     * @throws JsonProcessingException when it is none or one has
     */
    public static JsonNode parseStrictly(String text) throws JsonProcessingException {
        return checked(MAPPER.reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .readTree(text));
    }

    /**
     * Reads a JSON text in UTF-8.
     *
     * @throws IOException when it is none
     */
    public static JsonNode parse(byte[] text) throws IOException {
        return checked(MAPPER.readTree(text));
    }

    /** Reads a JSON text that this program wrote. */
    public static JsonNode trusted(String text) {
        try {
            return parse(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a line of a journal; empty when a crash cut it short. */
    public static Optional<ObjectNode> line(String text) {
        try {
            return parse(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The compact text of a tree. */
    public static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static JsonNode checked(JsonNode tree) throws JsonProcessingException {
        if (tree == null || tree.isMissingNode()) {
            throw new NoContent();
        }
        return tree;
    }

    private static final class NoContent extends JsonProcessingException {
        NoContent() {
            super("The text is empty");
        }
    }
}
