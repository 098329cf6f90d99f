package dev.rekey.core.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import dev.rekey.core.format.Reading.Unreadable;
import dev.rekey.core.item.TypedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One JSON document per line. */
final class JsonRecords implements RecordFormat {
    private final FormatOptions options;
    private final Document document;

    JsonRecords(FormatOptions options, Document document) {
        this.options = options;
        this.document = document;
    }

    /** What a document says about an item. */
    @FunctionalInterface
    interface Document {
        /**
         * @param in before the document; afterwards at its last token
         * @param bytes of the document, to look ahead
         * @throws BadValueException if it holds what no item can
         */
        Map<String, AttributeValue> read(JsonParser in, byte[] bytes) throws IOException;
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public boolean hasHeader() {
        return false;
    }

    @Override
    public RecordReader reader(Optional<RawRecord> header) {
        return this::read;
    }

    private Reading read(RawRecord record) {
        var wrong = RecordFaults.ofBytes(record);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        try (var in = TypedJson.factory().createParser(record.bytes())) {
            var item = document.read(in, record.bytes());
            if (in.nextToken() != null) {
                return unreadable(record, in.currentTokenLocation().getColumnNr(), "goes on behind the object");
            }
            return RecordFaults.withKey(record, item, options);
        } catch (BadValueException e) {
            return new Unreadable(record.line(), e.place(), FileProblem.CELL, e.getMessage());
        } catch (JacksonException e) {
            return isArray(record.bytes())
                    ? new Unreadable(record.line(), "", FileProblem.ARRAY, "is a JSON list; write one object per line")
                    : unreadable(record, e.getLocation().getColumnNr(), "is no JSON object on one line");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isArray(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && bytes[i] == ' ') {
            i++;
        }
        return i < bytes.length && bytes[i] == '[';
    }

    private static Unreadable unreadable(RawRecord record, int character, String message) {
        return new Unreadable(record.line(), Integer.toString(character), FileProblem.RECORD, message);
    }
}
