package dev.rekey.core.format;

import com.fasterxml.jackson.core.JacksonException;
import dev.rekey.core.format.CsvCutter.Cell;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.CellType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a cell says. */
enum CsvDialect {
    RFC_4180 {
        @Override
        boolean isNull(Cell cell) {
            return !cell.quoted() && cell.text().equals(NULL);
        }

        @Override
        boolean truth(String text) throws BadValueException {
            return one(text, "true", "false");
        }

        @Override
        SdkBytes bytes(String text) throws BadValueException {
            return Scalars.base64(text);
        }
    },
    POSTGRES {
        @Override
        boolean isNull(Cell cell) {
            return false;
        }

        @Override
        boolean truth(String text) throws BadValueException {
            return one(text, "t", "f");
        }

        @Override
        SdkBytes bytes(String text) throws BadValueException {
            try {
                if (text.startsWith("\\x")) {
                    return SdkBytes.fromByteArrayUnsafe(HexFormat.of().parseHex(text, 2, text.length()));
                }
            } catch (IllegalArgumentException _) {
                // Said below.
            }
            throw new BadValueException("is no bytea, such as \\x00ff");
        }
    };

    static final String NULL = "\\N";

    abstract boolean isNull(Cell cell);

    abstract boolean truth(String text) throws BadValueException;

    abstract SdkBytes bytes(String text) throws BadValueException;

    /**
     * Empty if the attribute is absent.
     *
     * @throws BadValueException if the text is none of its type
     */
    Optional<AttributeValue> value(Cell cell, Types types) throws BadValueException {
        if (isNull(cell)) {
            return Optional.of(AttributeValue.fromNul(true));
        }
        var text = cell.text();
        if (text.isEmpty() && !cell.quoted()) {
            return Optional.empty();
        }
        return switch (types.type().orElse(CellType.S)) {
            case S -> Optional.of(AttributeValue.fromS(text));
            case N -> Optional.of(Scalars.number(text));
            case BOOL -> Optional.of(AttributeValue.fromBool(truth(text)));
            case B -> Optional.of(AttributeValue.fromB(bytes(text)));
            case SS, NS, BS, L ->
                this == POSTGRES && text.startsWith("{") ? PostgresArray.value(text, types) : json(text, types);
            case M, ANY -> json(text, types);
        };
    }

    private static boolean one(String text, String yes, String no) throws BadValueException {
        if (!text.equals(yes) && !text.equals(no)) {
            throw new BadValueException("is not " + yes + " or " + no);
        }
        return text.equals(yes);
    }

    private static Optional<AttributeValue> json(String text, Types types) throws BadValueException {
        try (var in = TypedJson.factory().createParser(text)) {
            if (in.nextToken() == null) {
                throw notJson();
            }
            var value = JsonValues.value(in, types);
            if (in.nextToken() != null) {
                throw notJson();
            }
            return value;
        } catch (BadValueException e) {
            throw e;
        } catch (JacksonException _) {
            throw notJson();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadValueException notJson() {
        return new BadValueException("is not JSON");
    }
}
