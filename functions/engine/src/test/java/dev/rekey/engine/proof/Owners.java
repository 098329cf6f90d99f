package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which run wrote a record last. */
final class Owners {
    private final Map<Spot, RunId> now = new HashMap<>();
    private final Map<RunId, Map<Spot, RunId>> before = new HashMap<>();

    Map<Spot, RunId> now() {
        return now;
    }

    void wrote(RunId run, Spot at) {
        var was = now.put(at, run);
        if (was != null && !was.equals(run)) {
            before.computeIfAbsent(run, _ -> new HashMap<>()).put(at, was);
        }
    }

    /** @param restored whether something stands there again: then it is whose it was when the run replaced it */
    void undid(RunId run, Spot at, boolean restored) {
        now.remove(at);
        Optional.ofNullable(before.getOrDefault(run, Map.of()).get(at))
                .filter(_ -> restored)
                .ifPresent(owner -> now.put(at, owner));
    }

    /** Somebody else wrote it. */
    Optional<RunId> lost(Spot at) {
        return Optional.ofNullable(now.remove(at));
    }
}
