package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Claim;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows until when each worker may write: as long as its lease lies in a checkpoint, and no longer than that says. */
final class Leases {
    private final List<String> broken;
    private final Map<Worker, Instant> until = new HashMap<>();

    Leases(List<String> broken) {
        this.broken = broken;
    }

    /** An object was created or replaced. */
    void stored(Worker by, ObjectKey key, byte[] content) {
        if (key.name().contains("/checkpoints/") && writes(by)) {
            var lease = Documents.decode(key, content, Checkpoint.class).lease();
            until.put(by, lease.map(held -> held.deadline().plus(Claim.MARGIN)).orElse(Instant.MIN));
        }
    }

    /** Whoever has no segment, such as the test of one record, needs no lease. */
    void written(Worker by, Spot at) {
        var last = Optional.ofNullable(until.get(by));
        if (last.filter(one -> by.trueInstant().isAfter(one)).isPresent()) {
            broken.add("nothing is written after the lease: " + by.run() + " wrote " + at);
        }
    }

    private static boolean writes(Worker by) {
        return switch (by.work().kind()) {
            case COPY, UNDO -> true;
            case FENCE, OPERATOR, OTHER -> false;
        };
    }
}
