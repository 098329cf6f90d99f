package dev.rekey.engine.verify;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says of one logged record whether the target holds what it must, and if not, whether that is our failure or somebody
 * else's work.
 *
 * @param now an expired record may have vanished by now
 */
record Comparison(Instant now) {

    /**
     * A logged record beside what the source and the target hold now.
     *
     * @param entry what the last attempt logged
     * @param ours digests of the content that must stand in the target unless the source record changed
     * @param superseded digests of what earlier attempts may have written, and the last attempt must have replaced
     * @param fresh the source record; empty if it is gone, or if the plan leaves it out now
     */
    record Pair(LogEntry entry, Set<Digest> ours, Set<Digest> superseded, Optional<Fresh> fresh) {
        /** What the target should hold; empty if the source record is gone or cannot be mapped any more. */
        Optional<Map<String, AttributeValue>> expected() {
            return fresh.flatMap(Fresh::item);
        }

        /** Whether the target holds what it held before we came. */
        boolean isAsBefore(Optional<Map<String, AttributeValue>> there) {
            return there.isEmpty() || (wrote() && isBefore(there.get()));
        }

        private boolean isBefore(Map<String, AttributeValue> there) {
            return entry.operation()
                    .before()
                    .filter(image -> SameContent.same(image, there))
                    .isPresent();
        }

        boolean wrote() {
            return entry.operation().writes();
        }

        /** Whether the log says that something else was to be written than what the source record maps to. */
        private boolean isLoggedWrong() {
            return !sourceChanged()
                    && expected()
                            .filter(item -> !RecordDigest.of(item).equals(entry.content()))
                            .isPresent();
        }

        private boolean sourceChanged() {
            return fresh.filter(
                            scanned -> scanned.digest().equals(entry.origin().content()))
                    .isEmpty();
        }
    }

    Verdict of(Pair pair, Optional<Map<String, AttributeValue>> there) {
        if (pair.entry().operation() instanceof Operation.Skipped) {
            return Verdict.SKIPPED;
        }
        return there.map(found -> present(pair, found)).orElseGet(() -> absent(pair));
    }

    private Verdict absent(Pair pair) {
        if (hasExpired(pair.entry())) {
            return Verdict.EXPIRED;
        }
        return pair.wrote() ? Verdict.MISSING : Verdict.DRIFTED;
    }

    private Verdict present(Pair pair, Map<String, AttributeValue> there) {
        if (pair.expected().filter(item -> SameContent.same(item, there)).isPresent()) {
            return Verdict.MATCHED;
        }
        var digest = RecordDigest.of(there);
        if (!pair.ours().contains(digest)) {
            return foreign(pair, there, digest);
        }
        if (!pair.sourceChanged()) {
            return Verdict.ALTERED;
        }
        if (pair.fresh().isPresent()) {
            return Verdict.MOVED;
        }
        return hasExpired(pair.entry()) ? Verdict.EXPIRED : Verdict.GONE;
    }

    /**
     * What stands there is not what we wrote last. An earlier content is our failure, and so is a log that was wrong.
     * Anything else was written by others.
     */
    private static Verdict foreign(Pair pair, Map<String, AttributeValue> there, Digest digest) {
        boolean unwritten = pair.wrote() && (pair.superseded().contains(digest) || pair.isBefore(there));
        return unwritten || pair.isLoggedWrong() ? Verdict.ALTERED : Verdict.DRIFTED;
    }

    private boolean hasExpired(LogEntry entry) {
        return entry.expires().filter(expiry -> expiry.hasPassed(now)).isPresent();
    }
}
