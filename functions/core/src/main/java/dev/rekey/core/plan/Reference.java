package dev.rekey.core.plan;

/** A place in a table's records that holds identities of {@code family}. */
public record Reference(ReferencePath path, FamilyName family, OnOrphan onOrphan) {}
