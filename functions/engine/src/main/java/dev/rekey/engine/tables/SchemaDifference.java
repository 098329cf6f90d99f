package dev.rekey.engine.tables;

/**
 * Something that a table has otherwise than it should.
 *
 * @param what such as {@code key}, {@code index byOwner} or {@code billing mode}
 * @param found as the table has it, in words
 * @param wanted as it should be
 */
public record SchemaDifference(String what, String found, String wanted, Remedy remedy) {
    static final String MISSING = "missing";

    /** What the creation of what is missing does about it. */
    public enum Remedy {
        CREATED,
        /** Nothing: a table that exists is not changed. */
        REPORTED,
        /** The plan cannot work with the table: nothing at all is created. */
        REFUSED
    }
}
