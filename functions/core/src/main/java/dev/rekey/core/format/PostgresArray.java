package dev.rekey.core.format;

import dev.rekey.core.plan.CellType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An array as PostgreSQL writes it: {@code {a,"b c",NULL,{d}}}. */
final class PostgresArray {
    private final String text;
    private int at;

    private PostgresArray(String text) {
        this.text = text;
    }

    /** @return empty for a set without elements, which DynamoDB does not have */
    static Optional<AttributeValue> value(String text, Types types) throws BadValueException {
        var array = new PostgresArray(text);
        var type = types.type().orElse(CellType.L);
        Optional<AttributeValue> value;
        if (type == CellType.L) {
            value = Optional.of(array.list(types));
        } else {
            var elements = array.texts(type);
            value = elements.isEmpty() ? Optional.empty() : Optional.of(Scalars.set(type, elements));
        }
        if (array.at < text.length()) {
            throw wrong();
        }
        return value;
    }

    private AttributeValue list(Types types) throws BadValueException {
        var elements = new ArrayList<AttributeValue>();
        begin();
        while (more(elements.isEmpty())) {
            if (peek() == '{') {
                elements.add(list(types.element()));
            } else {
                var quoted = peek() == '"';
                var element = element();
                if (!quoted && element.equals("NULL")) {
                    elements.add(AttributeValue.fromNul(true));
                } else {
                    CsvDialect.POSTGRES
                            .value(new CsvCutter.Cell(element, true), types.element())
                            .ifPresent(elements::add);
                }
            }
        }
        return AttributeValue.fromL(elements);
    }

    private List<String> texts(CellType type) throws BadValueException {
        var elements = new ArrayList<String>();
        begin();
        while (more(elements.isEmpty())) {
            var quoted = peek() == '"';
            var element = element();
            if (!quoted && (element.equals("NULL") || element.startsWith("{"))) {
                throw new BadValueException("is an array with NULL or arrays in it, which no set can hold");
            }
            elements.add(type == CellType.BS ? base64(element) : element);
        }
        return elements;
    }

    private static String base64(String bytea) throws BadValueException {
        return Base64.getEncoder()
                .encodeToString(CsvDialect.POSTGRES.bytes(bytea).asByteArrayUnsafe());
    }

    private void begin() throws BadValueException {
        if (peek() != '{') {
            throw wrong();
        }
        at++;
    }

    /** Whether an element stands here; else the array has ended. */
    private boolean more(boolean first) throws BadValueException {
        char next = peek();
        at += next == '}' || !first ? 1 : 0;
        if (!first && next != ',' && next != '}') {
            throw wrong();
        }
        return next != '}';
    }

    private String element() throws BadValueException {
        boolean quoted = peek() == '"';
        at += quoted ? 1 : 0;
        var element = new StringBuilder();
        while (quoted ? peek() != '"' : peek() != ',' && peek() != '}') {
            at += peek() == '\\' ? 1 : 0;
            element.append(peek());
            at++;
        }
        at += quoted ? 1 : 0;
        return element.toString();
    }

    private char peek() throws BadValueException {
        if (at == text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private static BadValueException wrong() {
        return new BadValueException("is no array, such as {a,b}");
    }
}
