package dev.rekey.core.plan;

import java.util.Optional;

/**
 * A place in a table's records that holds identities of {@code family}.
 *
 * @param as empty where the new id takes the place of the old one
 * @param creates the records that it makes where there are none
 */
public record Reference(
        ReferencePath path, FamilyName family, OnOrphan onOrphan, Optional<Beside> as, Creates creates) {

    /** A reference that creates nothing. */
    public Reference(ReferencePath path, FamilyName family, OnOrphan onOrphan, Optional<Beside> as) {
        this(path, family, onOrphan, as, Creates.NOTHING);
    }

    /** The same reference, which creates nothing. */
    Reference withoutCreates() {
        return new Reference(path, family, onOrphan == OnOrphan.CREATE ? OnOrphan.FAIL : onOrphan, as);
    }

    /** Whether it creates records where it has none to point to. */
    public boolean createsRecords() {
        return !creates.equals(Creates.NOTHING);
    }

    /**
     * Where the new id stands if the old one stays.
     *
     * @param attribute a top-level attribute
     * @param onExisting when it holds another value already
     */
    public record Beside(String attribute, OnExisting onExisting) {}
}
