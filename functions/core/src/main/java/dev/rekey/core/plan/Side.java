package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;
import java.util.Optional;

/**
 * Where the source's or the target's tables are.
 *
 * @param tables template of the physical names, with {@code {table}} for the plan's name of a table
 * @param region AWS region; empty means the functions' own
 * @param roleArn role to assume; empty means the functions' own
 * @param externalId external id for {@code roleArn}
 * @param consistentRead whether scans of this side read consistently
 * @param writeRegion the only region in which replicated tables are written, by anybody; empty if none is named
 * @param inUse whether applications write to the tables of this side while a run does
 */
public record Side(
        String tables,
        Optional<String> region,
        Optional<String> roleArn,
        Optional<String> externalId,
        boolean consistentRead,
        Optional<String> writeRegion,
        boolean inUse) {

    /** A side of tables of which nothing else is said. */
    public Side(
            String tables,
            Optional<String> region,
            Optional<String> roleArn,
            Optional<String> externalId,
            boolean consistentRead) {
        this(tables, region, roleArn, externalId, consistentRead, Optional.empty(), false);
    }

    /** The physical table that this side's template gives {@code table}. */
    public PhysicalTable physical(TableName table) {
        return new PhysicalTable(tables.replace("{table}", table.value()));
    }
}
