package dev.rekey.engine.verify;

import dev.rekey.engine.record.RecordDigest;
import dev.rekey.engine.record.TableDigest;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Digests of what the source maps to now, and of what stands under the same keys in the target. */
final class ExpectedAndFound {
    private TableDigest expected = TableDigest.EMPTY;
    private TableDigest found = TableDigest.EMPTY;

    /** Records that the plan told to leave as they are say nothing of ours. */
    void add(
            Verdict verdict,
            Optional<Map<String, AttributeValue>> mapped,
            Optional<Map<String, AttributeValue>> there) {
        if (verdict == Verdict.SKIPPED) {
            return;
        }
        if (verdict == Verdict.MATCHED) {
            // Same content, same digest: it need not be computed twice.
            var digest = RecordDigest.of(mapped.orElseThrow());
            expected = expected.plus(digest);
            found = found.plus(digest);
            return;
        }
        if (mapped.isPresent()) {
            expected = expected.plus(RecordDigest.of(mapped.get()));
        }
        if (there.isPresent()) {
            found = found.plus(RecordDigest.of(there.get()));
        }
    }

    Map<String, TableDigest> all() {
        return Map.of("expected", expected, "found", found);
    }
}
