package dev.rekey.cli.deployment;

import dev.rekey.cli.execution.Workflow;
import dev.rekey.engine.pause.TaskTokens;
import dev.rekey.engine.store.Objects;

/** A stack that is there: its state machine and its bucket. */
public interface Deployment extends Account {
    Workflow workflow();

    String bucket();

    /** What lies in the bucket. */
    Objects objects();

    /** Whether executions go on when this is closed and the command ends. */
    boolean goesOnAlone();

    /** The tasks of the state machine that wait. */
    TaskTokens taskTokens();
}
