package dev.rekey.engine.proof;

import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Executions;

/** Nobody can be asked about executions: only leases tell who still works. */
final class UnknownExecutions implements Executions {
    @Override
    public ExecutionState of(String execution) {
        return new ExecutionState.Unknown("nobody can be asked");
    }

    @Override
    public ExecutionState ofMapRuns(String execution) {
        return new ExecutionState.Unknown("nobody can be asked");
    }

    @Override
    public void stop(String execution, String cause) {
        // It goes on: its workers find another epoch.
    }
}
