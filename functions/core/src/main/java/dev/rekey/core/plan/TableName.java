package dev.rekey.core.plan;

/** A table's name in the plan, not the name of a physical table. */
public record TableName(String value) implements Comparable<TableName> {
    /** No name of a plan has this in it. */
    private static final String MERGED_AWAY = "~merged";

    /** The part of the table that holds the records which are merged away: changed when all else is done. */
    public TableName mergedAway() {
        return new TableName(value + MERGED_AWAY);
    }

    public boolean isMergedAway() {
        return value.endsWith(MERGED_AWAY);
    }

    /** The table that the plan names. */
    public TableName named() {
        return isMergedAway() ? new TableName(value.substring(0, value.length() - MERGED_AWAY.length())) : this;
    }

    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
