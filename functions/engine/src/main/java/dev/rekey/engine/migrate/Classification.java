package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.migrate.Classified.Write;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Decides what to do with a row: absent, identical, ours from an earlier attempt, or a conflict.
 *
 * @param earlier what earlier attempts logged, by target key
 * @param writes what earlier runs of the plan wrote
 */
record Classification(OnConflict onConflict, Map<Key, Logged> earlier, EarlierWrites writes) {

    /** What becomes of {@code row}; empty if it is a conflict that the plan does not settle. */
    Optional<Classified> of(Row row, Optional<Map<String, AttributeValue>> found) {
        var logged = earlier.get(row.newKey());
        // Logged for another source record, the key is a collision, not ours.
        return logged == null || !logged.oldKeys().contains(row.oldKey())
                ? firstAttempt(row, found)
                : laterAttempt(row, found, logged);
    }

    private Optional<Classified> firstAttempt(Row row, Optional<Map<String, AttributeValue>> found) {
        if (found.isEmpty()) {
            return Optional.of(creating(row));
        }
        if (SameContent.same(found.get(), row.item())) {
            return Optional.of(Classified.identical(row));
        }
        return conflict(row, found.get());
    }

    /** A key that an earlier attempt logged is ours, unless a stranger's content stands there. */
    private Optional<Classified> laterAttempt(Row row, Optional<Map<String, AttributeValue>> found, Logged logged) {
        if (found.isEmpty()) {
            // If something stood there before, somebody has deleted it since, and a rollback leaves it deleted.
            return Optional.of(creating(row));
        }
        var there = found.get();
        if (SameContent.same(there, row.item())) {
            return Optional.of(new Classified(row, logged.operation(), new Write.Nothing()));
        }
        boolean asBefore =
                logged.before().filter(image -> SameContent.same(image, there)).isPresent();
        if (asBefore || logged.digests().contains(RecordDigest.of(there))) {
            return Optional.of(new Classified(row, logged.operation(), new Write.Replace(there)));
        }
        return conflict(row, there);
    }

    private Optional<Classified> conflict(Row row, Map<String, AttributeValue> there) {
        if (writes.wrote(row.newKey(), there)) {
            // The source record moved since: Rekey wrote what stands there, and no user chose it.
            return Optional.of(replacing(row, there));
        }
        return switch (onConflict) {
            case ABORT -> Optional.empty();
            case SKIP -> Optional.of(new Classified(row, new Operation.Skipped(), new Write.Nothing()));
            case OVERWRITE -> Optional.of(replacing(row, there));
        };
    }

    private static Classified replacing(Row row, Map<String, AttributeValue> there) {
        return new Classified(row, new Operation.Replace(there), new Write.Replace(there));
    }

    private static Classified creating(Row row) {
        return new Classified(row, new Operation.Create(), new Write.Create());
    }
}
