package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;
import java.util.Optional;

/**
 * Where the source's or the target's records are.
 *
 * @param location what the side is: tables, or files
 * @param region AWS region; empty means the functions' own
 * @param roleArn role to assume; empty means the functions' own
 * @param externalId external id for {@code roleArn}
 * @param consistentRead whether scans of this side read consistently
 * @param writeRegion the only region in which replicated tables are written, by anybody; empty if none is named
 * @param inUse whether applications write to the tables of this side while a run does
 */
public record Side(
        Location location,
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
        this(new Location.Tables(tables), region, roleArn, externalId, consistentRead, Optional.empty(), false);
    }

    /** The place that this side gives {@code table}. */
    public PhysicalTable physical(TableName table) {
        return location.physical(table);
    }
}
