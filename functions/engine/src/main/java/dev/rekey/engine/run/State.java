package dev.rekey.engine.run;

/** Where an execution stands. */
public sealed interface State {
    record Running() implements State {}

    /** The execution will not change any more. */
    sealed interface Ended extends State {
        /** Whether what belongs to the end is told too; the service may tell the end some moments sooner. */
        default boolean isComplete() {
            return switch (this) {
                case Succeeded succeeded -> !succeeded.output().isEmpty();
                case Failed failed ->
                    !failed.error().isEmpty() || !failed.cause().isEmpty();
                case Stopped _ -> true;
            };
        }
    }

    /** @param output a JSON document */
    record Succeeded(String output) implements Ended {}

    /** @param cause what happened, for people; may be empty */
    record Failed(String error, String cause) implements Ended {}

    /**
     * Ended from outside, so that no state of the workflow could react.
     *
     * @param status {@code ABORTED} or {@code TIMED_OUT}
     * @param cause error and cause given by the stop; may be empty
     */
    record Stopped(String status, String cause) implements Ended {}
}
