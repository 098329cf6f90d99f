package dev.rekey.cli.deployment;

import dev.rekey.cli.execution.Workflow;
import dev.rekey.engine.pause.TaskTokens;
import dev.rekey.engine.plan.Side;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.PhysicalTable;
import dev.rekey.engine.table.TableShape;
import java.util.List;
import java.util.Optional;

/** A stack that is there: its state machine and its bucket. */
public interface Deployment extends AutoCloseable {
    Workflow workflow();

    String bucket();

    /** What lies in the bucket. */
    Objects objects();

    /** The tables of {@code side} as the caller may see them. */
    Tables tables(Side side);

    /** All tables that are in the account and region of {@code side}, whatever they are called. */
    List<PhysicalTable> tableNames(Side side);

    /** The shape of a table as the caller may see it; empty if there is none. */
    Optional<TableShape> describe(Side side, PhysicalTable table);

    /** Whether executions go on when this is closed and the command ends. */
    boolean goesOnAlone();

    /** The tasks of the state machine that wait. */
    TaskTokens taskTokens();

    @Override
    void close();
}
