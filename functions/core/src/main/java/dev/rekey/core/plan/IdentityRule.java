package dev.rekey.core.plan;

import java.util.OptionalInt;

/** How a family's old ids become new ones. */
public sealed interface IdentityRule {

    /**
     * New ids by SHA-256.
     *
     * @param namespace keeps the ids of different migrations apart
     * @param digits length of new number ids, 1 to 38; required when the family's key is a number
     */
    record Derive(String namespace, OptionalInt digits) implements IdentityRule {}

    /** New id = old id. */
    record Keep() implements IdentityRule {}
}
