package dev.rekey.engine.proof;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.workflow.Prepared;
import java.util.List;
import java.util.Optional;

/**
 * How far an execution has come.
 *
 * @param level from 1
 * @param ready what the preparation came to; empty before it
 * @param epoch in which work is handed out
 * @param cause why the run is rolled back; empty if it was asked for
 */
record Progress(State state, int level, Optional<Prepared.Ready> ready, int epoch, String cause) {
    /** States of the workflow, as far as they touch a store. */
    enum State {
        PREPARE,
        ACCESS,
        MERGE,
        JUDGE_CANDIDATES,
        READ,
        MATCH,
        JUDGE,
        TEST,
        REPORT_TESTED,
        COPY,
        COMPARE,
        MATCH_LEVEL,
        JUDGE_LEVEL,
        REPORT,
        FENCE,
        UNDO,
        COMPARE_UNDONE,
        REPORT_UNDONE,
        ENDED
    }

    /** Where an execution begins to work. */
    static State first(Prepared.Ready ready) {
        return switch (ready.next()) {
            case MERGE -> State.MERGE;
            case DECIDE -> State.JUDGE_CANDIDATES;
            case ANALYZE -> State.READ;
            case MIGRATE -> State.COPY;
            case VERIFY -> State.COMPARE;
            case UNDO -> State.FENCE;
            case TEST -> State.TEST;
            case STOP -> throw new IllegalStateException("not what is proved here");
        };
    }

    /** The functions that ask for their permissions before anything is written. */
    static List<String> asking(Prepared.Ready ready) {
        return switch (Action.of(ready.action()).orElseThrow()) {
            case MIGRATE -> List.of("migrate", "rollback");
            case TEST, ROLLBACK -> List.of("rollback");
            case ANALYZE, VALIDATE, VERIFY, RESUME, STOP -> List.of();
        };
    }

    /** Whether this level of a rollback has no work: no Map is begun over an empty list. */
    boolean isIdle() {
        return (state == State.UNDO || state == State.COMPARE_UNDONE)
                && ready.orElseThrow().idle().contains(level);
    }

    static Progress beginning() {
        return new Progress(State.PREPARE, 1, Optional.empty(), 0, "");
    }

    Progress prepared(State next, Prepared.Ready made) {
        return new Progress(next, 1, Optional.of(made), made.epoch(), cause);
    }

    Progress at(State next) {
        return new Progress(next, level, ready, epoch, cause);
    }

    Progress at(State next, int nextLevel) {
        return new Progress(next, nextLevel, ready, epoch, cause);
    }

    Progress fenced(int raised) {
        return new Progress(State.UNDO, ready.orElseThrow().levels(), ready, raised, cause);
    }

    Progress raised(int newEpoch) {
        return new Progress(state, level, ready, newEpoch, cause);
    }

    Progress failed(String why) {
        return because(why).at(State.FENCE);
    }

    Progress because(String why) {
        return new Progress(state, level, ready, epoch, why);
    }
}
