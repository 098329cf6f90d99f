package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;

/** What a side of a plan is, and how it names the place of each table. */
public sealed interface Location {
    /** In place of a table's name in {@link #template()}. */
    String TABLE = "{table}";

    /** The names of the places, with {@link #TABLE} for the plan's name of a table. */
    String template();

    /** The place that the template gives {@code table}. */
    default PhysicalTable physical(TableName table) {
        return new PhysicalTable(template().replace(TABLE, table.value()));
    }

    /**
     * Tables of DynamoDB.
     *
     * @param template of the physical names
     */
    record Tables(String template) implements Location {}

    /**
     * Files in S3, or beside the plan.
     *
     * @param template of their addresses: of one file, of several with {@code *} in the last part of the name, or of the
     *     folder of an export, which ends with a slash
     */
    record Files(String template) implements Location {
        /** How the addresses of files in buckets begin; all others are beside the plan. */
        public static final String BUCKET = "s3://";
    }
}
