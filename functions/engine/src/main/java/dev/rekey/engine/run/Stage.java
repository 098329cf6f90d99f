package dev.rekey.engine.run;

/** What is done to every segment of a table, with checkpoints of its own. */
public record Stage(String name) {
    public static final Stage ANALYZE = new Stage("analyze");
    public static final Stage COPY = new Stage("copy");
    public static final Stage ROLLBACK = new Stage("rollback");
    /** A rollback that restores what others changed: an earlier one may have passed over it. */
    public static final Stage OVERWRITE = new Stage("rollback-overwrite");

    /** Of a rollback that treats drift in this way. */
    public static Stage undoing(Drift drift) {
        return switch (drift) {
            case KEEP -> ROLLBACK;
            case OVERWRITE -> OVERWRITE;
        };
    }

    /** One verification, named by the execution that does it; {@code side} is {@code source} or {@code target}. */
    public static Stage verify(RunId task, String side) {
        return new Stage("verify-" + task.value() + "-" + side);
    }
}
