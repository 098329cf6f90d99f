package dev.rekey.engine.migration;

import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executions that stand as the test says; of the others nothing is known. */
final class FakeExecutions implements Executions {
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Standing> mapRuns = new HashMap<>();
    private final List<String> stopped = new ArrayList<>();
    private boolean obeys = true;

    void stands(String execution, Standing standing) {
        standings.put(execution, standing);
    }

    void mapRunsStand(String execution, Standing standing) {
        mapRuns.put(execution, standing);
    }

    /** Asked to end, executions go on from now on. */
    void disobey() {
        obeys = false;
    }

    /** Whoever was asked to end, in order. */
    List<String> stopped() {
        return stopped;
    }

    @Override
    public Standing of(String execution) {
        return standings.getOrDefault(execution, new Standing.Unknown("nothing is known of it"));
    }

    @Override
    public Standing ofMapRuns(String execution) {
        return mapRuns.getOrDefault(execution, new Standing.Ended("none"));
    }

    @Override
    public void stop(String execution, String cause) {
        stopped.add(execution);
        if (obeys) {
            standings.put(execution, new Standing.Ended("ABORTED"));
        }
    }
}
