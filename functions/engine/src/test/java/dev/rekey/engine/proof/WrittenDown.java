package dev.rekey.engine.proof;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Contents that runs have written down, by where they stand. */
final class WrittenDown {
    private final Map<RunId, Map<Spot, Set<Digest>>> all = new HashMap<>();

    void add(RunId run, Spot at, Digest content) {
        all.computeIfAbsent(run, _ -> new HashMap<>())
                .computeIfAbsent(at, _ -> new HashSet<>())
                .add(content);
    }

    boolean has(RunId run, Spot at, Map<String, AttributeValue> content) {
        return all.getOrDefault(run, Map.of()).getOrDefault(at, Set.of()).contains(RecordDigest.of(content));
    }

    /** Whether a run other than {@code run} has. */
    boolean anotherHas(RunId run, Spot at, Map<String, AttributeValue> content) {
        return all.keySet().stream().anyMatch(other -> !other.equals(run) && has(other, at, content));
    }

    boolean anyHas(Spot at, Map<String, AttributeValue> content) {
        return all.keySet().stream().anyMatch(run -> has(run, at, content));
    }

    /** A parent that was to be created is there, and changed in place: that it was found is not what became of the change. */
    static boolean isFoundByCreation(TableName unit, LogEntry was, LogEntry is) {
        return unit.isCreated()
                && was.operation() instanceof Operation.Update
                && !is.operation().writes();
    }
}
