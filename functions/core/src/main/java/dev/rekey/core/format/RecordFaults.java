package dev.rekey.core.format;

import dev.rekey.core.format.Reading.Item;
import dev.rekey.core.format.Reading.Unreadable;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Wording;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is wrong with a record whatever its format is. */
final class RecordFaults {
    private RecordFaults() {}

    static Optional<Unreadable> ofBytes(RawRecord record) {
        return switch (record.flaw()) {
            case TOO_LONG ->
                Optional.of(ofRecord(
                        record,
                        "has more than " + Wording.count(RecordSplitter.LONGEST) + " bytes; is its end missing?"));
            case OPEN_QUOTE ->
                Optional.of(ofRecord(record, "has a quote that is not closed before the end of the file"));
            case NONE -> {
                var flaw = Utf8.flaw(record.bytes());
                yield flaw.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Unreadable(
                                record.line(),
                                "",
                                FileProblem.ENCODING,
                                "is not UTF-8 from byte " + Wording.count(flaw.getAsInt() + 1L) + " of the record on"));
            }
        };
    }

    static Unreadable ofRecord(RawRecord record, String message) {
        return new Unreadable(record.line(), "", FileProblem.RECORD, message);
    }

    /** The item, if it has the table's key. */
    static Reading withKey(RawRecord record, Map<String, AttributeValue> item, FormatOptions options) {
        for (var name : new TreeSet<>(options.primary())) {
            var value = item.get(name);
            if (value == null || !is(options.keys().get(name), value)) {
                return new Unreadable(
                        record.line(),
                        name,
                        FileProblem.CELL,
                        (value == null ? "is absent" : "is " + value.type()) + ", but the table's key needs "
                                + options.keys().get(name));
            }
        }
        return new Item(item);
    }

    private static boolean is(KeyType type, AttributeValue value) {
        return value.type().name().equals(type.name());
    }
}
