package dev.rekey.core.plan.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Reads JSON into a {@link Document}. */
final class JsonDocument {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Document.MAX_DEPTH)
                    .build())
            .build();

    private final JsonParser parser;
    private final Document.TextProblems problems = new Document.TextProblems();

    private JsonDocument(JsonParser parser) {
        this.parser = parser;
    }

    static Document read(String text) {
        try (var parser = FACTORY.createParser(text)) {
            return new JsonDocument(parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Document document() throws IOException {
        try {
            var root = value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Unexpected text after the end of the plan");
            }
            return problems.orElse(root);
        } catch (JsonProcessingException e) {
            var place = Optional.ofNullable(e.getLocation())
                    .map(location -> new TextPosition(location.getLineNr(), location.getColumnNr()))
                    .orElse(TextPosition.START);
            problems.add(
                    ProblemKind.DOCUMENT_SYNTAX,
                    place,
                    "The plan is not well-formed JSON: " + e.getOriginalMessage(),
                    "Correct the text at this position.");
            return problems.orElse(new Node.Nothing(TextPosition.START));
        }
    }

    private Node value(JsonToken token) throws IOException {
        var place = place();
        return switch (token) {
            case START_OBJECT -> fields(place);
            case START_ARRAY -> items(place);
            case VALUE_STRING -> new Node.Text(parser.getText(), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeral(parser.getText(), place);
            case VALUE_TRUE, VALUE_FALSE -> new Node.Truth(token == JsonToken.VALUE_TRUE, place);
            case VALUE_NULL -> new Node.Nothing(place);
            case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new JsonParseException(parser, "Unexpected " + token);
        };
    }

    private Node fields(TextPosition place) throws IOException {
        var values = new LinkedHashMap<String, Node>();
        var places = new HashMap<String, TextPosition>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var here = place();
            if (values.containsKey(name)) {
                problems.duplicateKey(name, here, places.get(name));
            }
            places.putIfAbsent(name, here);
            values.put(name, value(parser.nextToken()));
        }
        return new Node.Fields(values, place);
    }

    private Node items(TextPosition place) throws IOException {
        var values = new ArrayList<Node>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(token));
        }
        return new Node.Items(values, place);
    }

    private TextPosition place() {
        var location = parser.currentTokenLocation();
        return new TextPosition(location.getLineNr(), location.getColumnNr());
    }
}
