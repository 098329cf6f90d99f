package dev.rekey.core.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.CellType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of DynamoDB from plain JSON. */
final class JsonValues {
    private JsonValues() {}

    /**
     * The value that begins at the current token; afterwards the parser is at its end.
     *
     * @return empty if it has no counterpart in DynamoDB: a set without elements
     * @throws BadValueException if it is none of its type
     */
    static Optional<AttributeValue> value(JsonParser in, Types types) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.of(AttributeValue.fromNul(true));
        }
        if (types.type().isEmpty()) {
            return Optional.of(natural(in, types));
        }
        var type = types.type().get();
        return switch (type) {
            case S -> Optional.of(AttributeValue.fromS(text(in)));
            case N -> Optional.of(Scalars.number(text(in)));
            case BOOL -> {
                expect(in.currentToken().isBoolean(), "is " + found(in) + ", not true or false");
                yield Optional.of(AttributeValue.fromBool(in.getBooleanValue()));
            }
            case B -> Optional.of(AttributeValue.fromB(Scalars.base64(string(in))));
            case SS, NS, BS -> set(in, type);
            case L -> {
                expect(in.currentToken() == JsonToken.START_ARRAY, "is " + found(in) + ", not a list");
                yield Optional.of(natural(in, types));
            }
            case M -> {
                expect(in.currentToken() == JsonToken.START_OBJECT, "is " + found(in) + ", not an object");
                yield Optional.of(natural(in, types));
            }
            case ANY -> Optional.of(Storable.of(TypedJson.readValue(in)));
        };
    }

    private static AttributeValue natural(JsonParser in, Types types) throws IOException {
        return switch (in.currentToken()) {
            case START_ARRAY -> AttributeValue.fromL(elements(in, types.element()));
            case START_OBJECT -> AttributeValue.fromM(fields(in, types, name -> name));
            default -> scalar(in);
        };
    }

    /** The text, number or boolean at the current token. */
    static AttributeValue scalar(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> AttributeValue.fromS(Scalars.unicode(in.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Scalars.number(in.getText());
            case VALUE_TRUE, VALUE_FALSE -> AttributeValue.fromBool(in.getBooleanValue());
            default -> throw new BadValueException("is no value");
        };
    }

    private static List<AttributeValue> elements(JsonParser in, Types types) throws IOException {
        var elements = new ArrayList<AttributeValue>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            try {
                value(in, types).ifPresent(elements::add);
            } catch (BadValueException e) {
                throw e.below("[]");
            }
        }
        return elements;
    }

    /** Gives a field of an object its name in the record. */
    @FunctionalInterface
    interface Naming {
        String attribute(String name);
    }

    /** The fields of the object that begins at the current token. */
    static Map<String, AttributeValue> fields(JsonParser in, Types types, Naming naming) throws IOException {
        var fields = new LinkedHashMap<String, AttributeValue>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var name = naming.attribute(Scalars.unicode(in.currentName()));
            in.nextToken();
            try {
                var value = value(in, types.field(name));
                if (value.isPresent() && fields.put(name, value.get()) != null) {
                    throw new BadValueException("is there twice");
                }
            } catch (BadValueException e) {
                throw e.below(name);
            }
        }
        return fields;
    }

    private static Optional<AttributeValue> set(JsonParser in, CellType type) throws IOException {
        expect(in.currentToken() == JsonToken.START_ARRAY, "is " + found(in) + ", not a list");
        var texts = new ArrayList<String>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(type == CellType.NS ? text(in) : string(in));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(Scalars.set(type, texts));
    }

    /** A number is its digits: ids are written as numbers and as texts. */
    private static String text(JsonParser in) throws IOException {
        return in.currentToken().isNumeric() ? in.getText() : string(in);
    }

    private static String string(JsonParser in) throws IOException {
        expect(in.currentToken() == JsonToken.VALUE_STRING, "is " + found(in) + ", not a text");
        return Scalars.unicode(in.getText());
    }

    private static void expect(boolean fits, String fact) throws BadValueException {
        if (!fits) {
            throw new BadValueException(fact);
        }
    }

    private static String found(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }
}
