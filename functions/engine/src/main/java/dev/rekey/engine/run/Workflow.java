package dev.rekey.engine.run;

import dev.rekey.engine.store.StoreException;
import java.time.Instant;

/** The migration's state machine. Methods throw {@link StoreException}. */
public interface Workflow {
    /** Starts an execution. Started again under the same name and with the same input, it is the same execution. */
    Started start(ExecutionName name, String input);

    /** Answers with some delay: an execution that was started a moment ago may be {@code MISSING}. */
    Seen describe(ExecutionArn execution);

    /** @param at exact to the millisecond */
    record Started(ExecutionArn execution, Instant at) {}

    /** @param startedAt exact to the millisecond */
    record Seen(ExecutionName name, Instant startedAt, State state) {}
}
