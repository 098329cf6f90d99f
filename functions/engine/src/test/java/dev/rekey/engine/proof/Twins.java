package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a stranger has written exactly what a run was about to create. It is the stranger's once the run has logged so. Until then
 * it cannot be told: a worker that dies, or whose answer is lost, has told nobody, and what equals its work counts as that.
 */
final class Twins {
    /** Who was told so by a condition that failed. */
    private final Map<Spot, Worker> told = new HashMap<>();

    private final Map<Spot, RunId> undecided = new HashMap<>();

    /** A stranger has written what {@code by} was about to create. */
    void wrote(Worker by, Spot at) {
        undecided.put(at, by.run());
    }

    /** A condition has failed, and said so: it has to be logged. */
    void answered(Worker by, Spot at) {
        told.put(at, by);
    }

    boolean isTold(Worker by, Spot at) {
        return told.get(at) == by;
    }

    /** Somebody has written there since, or it is logged whose it is. */
    void decided(Spot at) {
        told.remove(at);
        undecided.remove(at);
    }

    /** Records that may count as what a run has created, and the run. */
    Map<Spot, RunId> undecided() {
        return undecided;
    }
}
