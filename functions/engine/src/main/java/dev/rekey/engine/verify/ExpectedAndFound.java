package dev.rekey.engine.verify;

import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableDigest;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Digests of what the target should hold and of what stands there under the same keys: equal if nothing fails. Of a
 * source record that changed or vanished since it was read, the target should hold what was read.
 */
final class ExpectedAndFound {
    private TableDigest expected = TableDigest.EMPTY;
    private TableDigest found = TableDigest.EMPTY;

    void add(
            Verdict verdict,
            Optional<Map<String, AttributeValue>> mapped,
            Optional<Map<String, AttributeValue>> there) {
        switch (verdict) {
            case MATCHED, MOVED, GONE, EXPIRED ->
                there.ifPresent(item -> {
                    var digest = RecordDigest.of(item);
                    expected = expected.plus(digest);
                    found = found.plus(digest);
                });
            case MISSING, ALTERED, COLLIDED, DANGLING, UNEXPECTED -> {
                if (mapped.isPresent()) {
                    expected = expected.plus(RecordDigest.of(mapped.get()));
                }
                if (there.isPresent()) {
                    found = found.plus(RecordDigest.of(there.get()));
                }
            }
            // What others did says nothing of ours, nor do records that the plan told to leave as they are.
            case SKIPPED,
                    PREEXISTING,
                    LATER_RUN,
                    MERGED,
                    UNMERGED,
                    MATCH_ENDED,
                    SURVIVOR_LOST,
                    REVERTED,
                    ROLLED_BACK,
                    LATE,
                    DRIFTED,
                    LATE_REFERENCE,
                    GONE_REFERENCE,
                    REMOVED_REFERENCE -> {}
        }
    }

    Map<String, TableDigest> all() {
        return Map.of("expected", expected, "found", found);
    }
}
