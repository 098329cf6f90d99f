package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.run.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where an execution runs: it invokes functions, tries them again, and does the items of a Map at once. */
interface Platform {
    /**
     * The result of a function.
     *
     * @param work what is done, and for which work
     * @throws StateFailed if the function gives none, however often it is invoked
     */
    <T> T invoke(Work work, Function<FunctionCall, T> function);

    /** What an invocation does. */
    record Work(Kind kind, int epoch) {}

    /** The functions, as far as it matters what they do to the target. */
    enum Kind {
        COPY,
        UNDO,
        FENCE,
        /** The command of an operator. */
        OPERATOR,
        OTHER
    }

    /**
     * Does {@code child} for each of {@code items}.
     *
     * @throws StateFailed if one of them fails
     */
    void each(List<WorkItem> items, Consumer<WorkItem> child);

    /**
     * Does {@code function} and waits until somebody returns the token that it is given.
     *
     * @throws StateFailed if the function ends in no try
     */
    void await(RunId run, Work work, BiConsumer<FunctionCall, TaskToken> function);

    /** Whether one process does everything, so that an invocation finds what an earlier one has read of a run. */
    boolean isOneProcess();

    Instant now();

    void sleep(Duration duration);

    /** The execution comes to a state. */
    void entered(Progress progress);

    /** A state fails. */
    class StateFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        StateFailed(String cause) {
            super(cause, null, false, false);
        }
    }
}
