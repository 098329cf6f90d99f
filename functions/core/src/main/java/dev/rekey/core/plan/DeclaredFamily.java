package dev.rekey.core.plan;

/** A family that the plan declares itself, and that needs no table of its own. */
public record DeclaredFamily(FamilyName name, IdentityRule.Lookup rule) {}
