package dev.rekey.engine.plan;

/** What a key attribute of a table holds. */
public sealed interface KeyRole {
    /** The record's own identity. */
    record Self() implements KeyRole {}

    /** A value that is no identity and stays as it is. */
    record Keep() implements KeyRole {}

    /** A reference to a record of {@code family}. */
    record Refers(FamilyName family) implements KeyRole {}
}
