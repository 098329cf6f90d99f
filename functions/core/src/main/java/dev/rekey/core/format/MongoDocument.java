package dev.rekey.core.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** MongoDB's Extended JSON v2, relaxed and canonical. */
final class MongoDocument implements JsonRecords.Document {
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final FormatOptions options;

    MongoDocument(FormatOptions options) {
        this.options = options;
    }

    @Override
    public Map<String, AttributeValue> read(JsonParser in, byte[] bytes) throws IOException {
        PlainDocument.begin(in);
        in.nextToken();
        var item = fields(in, options::attribute);
        for (var key : options.keys().entrySet()) {
            var value = item.get(key.getKey());
            if (value != null) {
                try {
                    item.put(key.getKey(), Scalars.keyed(value, key.getValue()));
                } catch (BadValueException e) {
                    throw e.below(key.getKey());
                }
            }
        }
        return item;
    }

    /** Fields from the current one to the end of the object. */
    private static Map<String, AttributeValue> fields(JsonParser in, JsonValues.Naming naming) throws IOException {
        var fields = new LinkedHashMap<String, AttributeValue>();
        while (in.currentToken() != JsonToken.END_OBJECT) {
            var name = naming.attribute(Scalars.unicode(in.currentName()));
            in.nextToken();
            try {
                if (fields.put(name, value(in)) != null) {
                    throw new BadValueException("is there twice");
                }
            } catch (BadValueException e) {
                throw e.below(name);
            }
            in.nextToken();
        }
        return fields;
    }

    private static AttributeValue value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_ARRAY -> AttributeValue.fromL(elements(in));
            case START_OBJECT -> object(in);
            case VALUE_NULL -> AttributeValue.fromNul(true);
            default -> JsonValues.scalar(in);
        };
    }

    private static List<AttributeValue> elements(JsonParser in) throws IOException {
        var elements = new ArrayList<AttributeValue>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            try {
                elements.add(value(in));
            } catch (BadValueException e) {
                throw e.below("[]");
            }
        }
        return elements;
    }

    private static AttributeValue object(JsonParser in) throws IOException {
        if (in.nextToken() == JsonToken.FIELD_NAME && in.currentName().startsWith("$")) {
            var typed = typed(in, in.currentName());
            if (typed.isPresent()) {
                if (in.nextToken() != JsonToken.END_OBJECT) {
                    throw new BadValueException("names a type and holds more than its value");
                }
                return typed.get();
            }
        }
        return AttributeValue.fromM(fields(in, name -> name));
    }

    /** What the only field of an object stands for; empty, with the parser where it was, if it is a field like others. */
    private static Optional<AttributeValue> typed(JsonParser in, String type) throws IOException {
        return switch (type) {
            case "$oid" -> Optional.of(AttributeValue.fromS(text(in)));
            case "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal" -> Optional.of(number(text(in)));
            case "$date" -> Optional.of(AttributeValue.fromS(date(in)));
            case "$binary" -> Optional.of(binary(in));
            case "$minKey", "$maxKey", "$code", "$undefined" ->
                throw new BadValueException("is " + type + ", which has no counterpart in DynamoDB");
            default -> Optional.empty();
        };
    }

    private static AttributeValue number(String text) throws BadValueException {
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            throw new BadValueException("is NaN or infinite, which DynamoDB cannot hold");
        }
        return Scalars.number(text);
    }

    private static String date(JsonParser in) throws IOException {
        try {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return MILLISECONDS.format(Instant.parse(in.getText()));
            }
            if (in.nextToken() == JsonToken.FIELD_NAME && in.currentName().equals("$numberLong")) {
                var date = MILLISECONDS.format(Instant.ofEpochMilli(Long.parseLong(text(in))));
                in.nextToken();
                return date;
            }
        } catch (DateTimeException | NumberFormatException _) {
            // Said below.
        }
        throw new BadValueException("is no $date with a time or with milliseconds");
    }

    private static AttributeValue binary(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new BadValueException("is no $binary with base64");
        }
        Optional<AttributeValue> bytes = Optional.empty();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            if (in.currentName().equals("base64")) {
                bytes = Optional.of(AttributeValue.fromB(Scalars.base64(text(in))));
            } else {
                in.nextToken();
                in.skipChildren();
            }
        }
        return bytes.orElseThrow(() -> new BadValueException("is no $binary with base64"));
    }

    /** The text that follows. */
    private static String text(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.VALUE_STRING) {
            throw new BadValueException("names a type, and its value is no text");
        }
        return Scalars.unicode(in.getText());
    }
}
