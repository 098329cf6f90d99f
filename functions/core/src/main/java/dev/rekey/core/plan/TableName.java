package dev.rekey.core.plan;

/** A table's name in the plan, not the name of a physical table. */
public record TableName(String value) implements Comparable<TableName> {
    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
