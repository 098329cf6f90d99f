package dev.rekey.engine.status;

import dev.rekey.engine.run.ErrorNames;

/** That something cannot be done with a run, before anything was changed or started. */
public final class RunRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    private RunRefusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why. */
    public enum Kind {
        /** There is no such run. */
        UNKNOWN("Usage"),
        /** The run, as it stands, does not allow it. */
        REFUSED("Refused"),
        /** The workflow would refuse it. */
        REFUSED_BY_WORKFLOW(ErrorNames.REFUSED);

        private final String error;

        Kind(String error) {
            this.error = error;
        }

        /** A stable name, for programs. */
        public String error() {
            return error;
        }
    }

    /** @param message the four parts: what cannot be done and why, what was left unchanged, what to do next */
    static RunRefusal unknown(String message) {
        return new RunRefusal(Kind.UNKNOWN, message);
    }

    static RunRefusal refused(String message) {
        return new RunRefusal(Kind.REFUSED, message);
    }

    static RunRefusal byWorkflow(String message) {
        return new RunRefusal(Kind.REFUSED_BY_WORKFLOW, message);
    }

    public Kind kind() {
        return kind;
    }
}
