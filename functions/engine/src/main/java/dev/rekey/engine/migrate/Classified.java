package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.SameContent;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is to be done for a row, in the light of what the target holds.
 *
 * @param operation what all attempts together do, as it is logged
 * @param write what has to be written now
 */
record Classified(Row row, Operation operation, Write write) {

    /** The write that brings the target to where the row wants it. */
    sealed interface Write {
        /** The target is right already, or not ours. */
        record Nothing() implements Write {}

        /** Put the row where nothing is. */
        record Create() implements Write {}

        /** Put the row in the place of {@code found}. */
        record Replace(Map<String, AttributeValue> found) implements Write {}

        /** Delete {@code found}. */
        record Delete(Map<String, AttributeValue> found) implements Write {}
    }

    /** The target holds the row's content, and it is not ours. */
    static Classified identical(Row row) {
        return new Classified(row, new Operation.Identical(), new Write.Nothing());
    }

    /** Of {@code all}, those that are not ours since the conditions of {@code failed} have said so. */
    static List<Classified> theirs(List<Classified> all, Set<Key> failed) {
        return all.stream()
                .filter(Classified::standsWhereNothingIsOurs)
                .map(Classified::row)
                .filter(row -> failed.contains(row.newKey()))
                .map(Classified::identical)
                .toList();
    }

    /** What is to be written takes nothing of ours away: a record of ours that somebody changed stays drift. */
    boolean standsWhereNothingIsOurs() {
        return switch (write) {
            case Write.Nothing _ -> false;
            case Write.Create _, Write.Delete _ -> true;
            case Write.Replace(var found) ->
                operation
                        .before()
                        .filter(image -> SameContent.same(image, found))
                        .isPresent();
        };
    }

    LogEntry entry() {
        return new LogEntry(
                new Origin(row.oldKey(), row.source()), row.newKey(), operation, row.target(), row.expires());
    }
}
