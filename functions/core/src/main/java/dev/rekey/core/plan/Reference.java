package dev.rekey.core.plan;

import java.util.Optional;

/**
 * A place in a table's records that holds identities of {@code family}.
 *
 * @param as empty where the new id takes the place of the old one
 */
public record Reference(ReferencePath path, FamilyName family, OnOrphan onOrphan, Optional<Beside> as) {

    /**
     * Where the new id stands if the old one stays.
     *
     * @param attribute a top-level attribute
     * @param onExisting when it holds another value already
     */
    public record Beside(String attribute, OnExisting onExisting) {}
}
