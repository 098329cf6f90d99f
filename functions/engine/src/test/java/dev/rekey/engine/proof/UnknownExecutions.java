package dev.rekey.engine.proof;

import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Standing;

/** Nobody can be asked about executions: only leases tell who still works. */
final class UnknownExecutions implements Executions {
    @Override
    public Standing of(String execution) {
        return new Standing.Unknown("nobody can be asked");
    }

    @Override
    public Standing ofMapRuns(String execution) {
        return new Standing.Unknown("nobody can be asked");
    }

    @Override
    public void stop(String execution, String cause) {
        // It goes on: its workers find another epoch.
    }
}
