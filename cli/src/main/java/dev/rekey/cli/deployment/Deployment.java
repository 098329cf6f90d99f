package dev.rekey.cli.deployment;

import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Objects;

/** A stack that is there: its state machine and its bucket. */
public interface Deployment extends Account {
    Workflow workflow();

    String bucket();

    /** What lies in the bucket. */
    Objects objects();

    /** How long executions can go on. */
    Lifetime lifetime();

    /** Whether the stack has ended, and its executions with it; false also where that cannot be known. */
    boolean isGone();

    /** Ends the stack if it is this command's own: executions stop where they are. Other stacks are left alone. */
    void endOwnStack();

    /** The tasks of the state machine that wait. */
    TaskTokens taskTokens();
}
