package dev.rekey.cli.deployment;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Optional;

/** The tables that the caller may see, whether Rekey is installed beside them or not. */
public interface Account extends AutoCloseable {
    /** The tables of {@code side} as the caller may see them. */
    Tables tables(Side side);

    /** The definitions of these tables: with the caller's permissions, or those of the side's role. */
    TableDefinitions definitions(Side side);

    /** All tables that are in the account and region of {@code side}, whatever they are called. */
    List<PhysicalTable> tableNames(Side side);

    /** The shape of a table as the caller may see it; empty if there is none. */
    Optional<TableShape> describe(Side side, PhysicalTable table);

    /** Who works with it: the ARN of the caller; on this machine the user of the operating system. */
    String identity();

    @Override
    void close();
}
