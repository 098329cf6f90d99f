package dev.rekey.core.item;

/** The name of a DynamoDB table. */
public record PhysicalTable(String name) implements Comparable<PhysicalTable> {
    @Override
    public int compareTo(PhysicalTable other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
