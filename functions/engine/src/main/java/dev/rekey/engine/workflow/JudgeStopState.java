package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Failure;

/**
 * Says why a level was not finished. A worker that meets what makes the run wrong writes it down as the run's failure. Where
 * there is none, a store or Lambda let the worker down; and a verification that did not finish has found nothing.
 */
public record JudgeStopState(Ports ports) {
    /** Why a level was not finished. */
    public enum Reason {
        /** Another execution has taken over the run. */
        SUPERSEDED,
        /** A worker met what makes the run wrong. */
        FAILED,
        /** The level can be gone on with. */
        UNFINISHED
    }

    /** What was not finished. */
    public enum During {
        COPY,
        VERIFICATION
    }

    public Reason run(Task task, During during) {
        if (ports.control(task).epoch() != task.epoch()) {
            return Reason.SUPERSEDED;
        }
        return switch (during) {
            case COPY ->
                ports.documents().find(task.folder().failure(), Failure.class).isPresent()
                        ? Reason.FAILED
                        : Reason.UNFINISHED;
            case VERIFICATION -> Reason.UNFINISHED;
        };
    }
}
