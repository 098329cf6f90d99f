package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.ChangeKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a migration would do with one record of the source: a line in the list of changes.
 *
 * @param record key in the source, as DynamoDB JSON
 * @param becomes key of what it becomes, likewise; empty where it becomes nothing or keeps its key in place
 * @param into identity of the record into which it is merged, likewise
 * @param attributes that differ, without those of both keys; of a record that stands in the target already, compared with
 *     that; of one that is created for references to it, all
 * @param leftOut how many more attributes differ, where only some are shown
 * @param because id of what blocks a record
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RecordChange(
        ChangeKind kind,
        TableName table,
        String record,
        Optional<String> becomes,
        Optional<String> into,
        List<AttributeChange> attributes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int leftOut,
        Optional<String> because) {
    public RecordChange {
        // An empty list is not written, so it is not read either.
        attributes = attributes == null ? List.of() : List.copyOf(attributes);
    }

    /** What happens to an attribute. */
    public enum What {
        ADDED,
        CHANGED,
        /** The ids in it are replaced. */
        REWRITTEN,
        /** The same value under another name. */
        RENAMED,
        REMOVED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One attribute of the record.
     *
     * @param name before; of an attribute that is added, its only name
     * @param to name afterwards, if it is another
     * @param before the value as DynamoDB JSON; empty if there is none, and unless values were asked for
     * @param after likewise
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record AttributeChange(
            String name, What what, Optional<String> to, Optional<String> before, Optional<String> after) {
        /** The same without values. */
        public AttributeChange named() {
            return new AttributeChange(name, what, to, Optional.empty(), Optional.empty());
        }

        AttributeChange shortened(int most) {
            if (before.isEmpty() || after.isEmpty()) {
                var one = before.map(value -> Excerpt.of(value, most));
                return new AttributeChange(name, what, to, one, after.map(value -> Excerpt.of(value, most)));
            }
            var both = Excerpt.of(before.get(), after.get(), most);
            return new AttributeChange(name, what, to, Optional.of(both.before()), Optional.of(both.after()));
        }
    }

    /** The same without values. */
    public RecordChange named() {
        return with(attributes.stream().map(AttributeChange::named).toList());
    }

    /** The same with {@code attributesAtMost} attributes, whose values are cut to {@code most} characters. */
    RecordChange shortened(int attributesAtMost, int most) {
        return with(
                attributes.stream()
                        .limit(attributesAtMost)
                        .map(one -> one.shortened(most))
                        .toList(),
                Math.max(0, attributes.size() - attributesAtMost));
    }

    /** A record of which nothing else is known. */
    static RecordChange of(ChangeKind kind, TableName table, String record) {
        return new RecordChange(
                kind, table, record, Optional.empty(), Optional.empty(), List.of(), 0, Optional.empty());
    }

    RecordChange becoming(Optional<String> key) {
        return new RecordChange(kind, table, record, key, into, attributes, leftOut, because);
    }

    RecordChange into(Optional<String> survivor) {
        return new RecordChange(kind, table, record, becomes, survivor, attributes, leftOut, because);
    }

    RecordChange with(List<AttributeChange> others) {
        return with(others, leftOut);
    }

    private RecordChange with(List<AttributeChange> others, int without) {
        return new RecordChange(kind, table, record, becomes, into, others, without, because);
    }

    RecordChange because(String blocker) {
        return new RecordChange(kind, table, record, becomes, into, attributes, leftOut, Optional.of(blocker));
    }
}
