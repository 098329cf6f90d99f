package dev.rekey.core.plan;

/** A table's name in the plan, not the name of a physical table. */
public record TableName(String value) implements Comparable<TableName> {
    /** No name of a plan has this in it. */
    private static final char SIGN = '~';

    private static final String MERGED_AWAY = SIGN + "merged";
    private static final String CREATED = SIGN + "created";
    private static final String GONE = SIGN + "gone";

    /** What of a table that the plan names. */
    public enum Part {
        WHOLE,
        MERGED_AWAY,
        CREATED,
        GONE
    }

    public Part part() {
        if (isMergedAway()) {
            return Part.MERGED_AWAY;
        }
        return isCreated() ? Part.CREATED : isGone() ? Part.GONE : Part.WHOLE;
    }

    /** Whether its records get new ids: those that are merged away do not, and copies that are gone do not. */
    public boolean givesIds() {
        return switch (part()) {
            case WHOLE, CREATED -> true;
            case MERGED_AWAY, GONE -> false;
        };
    }

    /** The part of the table that holds the records which are merged away: changed when all else is done. */
    public TableName mergedAway() {
        return new TableName(value + MERGED_AWAY);
    }

    public boolean isMergedAway() {
        return value.endsWith(MERGED_AWAY);
    }

    /** The part of the table that holds the records which are created because others refer to them. */
    public TableName created() {
        return new TableName(value + CREATED);
    }

    public boolean isCreated() {
        return value.endsWith(CREATED);
    }

    /** The part of the table that holds the records which are deleted because their source records are gone: last of all. */
    public TableName gone() {
        return new TableName(value + GONE);
    }

    public boolean isGone() {
        return value.endsWith(GONE);
    }

    /** Whether this is a part of a table that the plan names. */
    public boolean isPart() {
        return value.indexOf(SIGN) >= 0;
    }

    /** The table that the plan names. */
    public TableName named() {
        return isPart() ? new TableName(value.substring(0, value.indexOf(SIGN))) : this;
    }

    /** The table whose records these are to whoever finds them by key: those created or deleted are among the others. */
    public TableName holding() {
        return isCreated() || isGone() ? named() : this;
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
