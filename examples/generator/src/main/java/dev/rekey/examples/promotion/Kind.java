package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A table of the example.
 *
 * @param weight how many of about 11,000 records are in it
 * @param fields writes what distinguishes this table's records: also their key, unless that is {@code id}
 */
record Kind(ExampleTable table, int weight, Consumer<RecordBuilder> fields) {
    private static final String ID = "id";

    static Kind of(String name, int weight, Consumer<RecordBuilder> fields) {
        return new Kind(ExampleTable.of(name, string(ID)), weight, fields);
    }

    static Attribute string(String name) {
        return new Attribute(name, ScalarAttributeType.S);
    }

    String name() {
        return table.name();
    }

    /** Writes the whole record. */
    RecordBuilder write(RecordBuilder draft) {
        if (table.partitionKey().name().equals(ID)) {
            draft.text(ID, draft.id(name(), draft.index()));
        }
        fields.accept(draft);
        return draft.text("__typename", name())
                .text("owner", "staging-import")
                .time("createdAt")
                .time("updatedAt")
                .number("_version", 1L + draft.random().nextInt(9))
                .text("remark", draft.one(draft.words().paragraphs()));
    }
}
