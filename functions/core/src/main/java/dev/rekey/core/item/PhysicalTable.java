package dev.rekey.core.item;

/** The name of a DynamoDB table, or the address of files, which has a slash, as no name of a table has. */
public record PhysicalTable(String name) implements Comparable<PhysicalTable> {
    /** Whether these are files. */
    public boolean isFiles() {
        return name.indexOf('/') >= 0;
    }

    @Override
    public int compareTo(PhysicalTable other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
