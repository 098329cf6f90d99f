package dev.rekey.core.plan;

/** The name of a set of identities that one rule maps. */
public record FamilyName(String value) implements Comparable<FamilyName> {
    @Override
    public int compareTo(FamilyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
