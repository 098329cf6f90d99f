package dev.rekey.engine.migration;

import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Executions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executions that stand as the test says; of the others nothing is known. */
final class FakeExecutions implements Executions {
    private final Map<String, ExecutionState> standings = new HashMap<>();
    private final Map<String, ExecutionState> mapRuns = new HashMap<>();
    private final List<String> stopped = new ArrayList<>();
    private boolean obeys = true;

    void stands(String execution, ExecutionState state) {
        standings.put(execution, state);
    }

    void mapRunsStand(String execution, ExecutionState state) {
        mapRuns.put(execution, state);
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
    public ExecutionState of(String execution) {
        return standings.getOrDefault(execution, new ExecutionState.Unknown("nothing is known of it"));
    }

    @Override
    public ExecutionState ofMapRuns(String execution) {
        return mapRuns.getOrDefault(execution, new ExecutionState.Ended("none"));
    }

    @Override
    public void stop(String execution, String cause) {
        stopped.add(execution);
        if (obeys) {
            standings.put(execution, new ExecutionState.Ended("ABORTED"));
        }
    }
}
