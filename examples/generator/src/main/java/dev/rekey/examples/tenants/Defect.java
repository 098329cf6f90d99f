package dev.rekey.examples.tenants;

import java.util.Locale;

/** What can be wrong with the data before such a migration. */
public enum Defect {
    /** An active mapping whose organization is null. */
    MAPPING_WITHOUT_ORGANIZATION(FoundIn.MAPPING, "lookup.no-id"),
    /** A tenant with two active mappings to different organizations. */
    TWO_ORGANIZATIONS(FoundIn.MAPPING, "lookup.two-new-ids"),
    /** Two tenants with one organization. */
    SHARED_ORGANIZATION(FoundIn.MAPPING, "lookup.many-to-one"),
    /** A tenant without an active mapping. */
    NO_MAPPING(FoundIn.DATA, "mapping.no-new-id"),
    /** A mapping to an organization that does not exist. */
    NO_ORGANIZATION(FoundIn.DATA, "lookup.no-record"),
    /** Two organizations, each of which is the parent of the other. */
    CIRCULAR_PARENTS(FoundIn.DATA, "check.acyclic"),
    /** An organization whose parent does not exist. */
    NO_PARENT(FoundIn.DATA, "reference.orphan"),
    /** A claim of a user who does not exist. */
    NO_USER(FoundIn.DATA, "reference.orphan"),
    /** A profile without {@code tenant_id}. */
    NO_TENANT(FoundIn.DATA, "check.required"),
    /** A document whose {@code tenant_id} is null. */
    NULL_TENANT(FoundIn.DATA, "check.required"),
    /** A document whose {@code tenant_id} is a number. */
    TENANT_OF_ANOTHER_TYPE(FoundIn.DATA, "mapping.wrong-type"),
    /** A profile that already has another {@code organization_id}. */
    ANOTHER_ORGANIZATION(FoundIn.DATA, "mapping.existing"),
    /** Two profiles of a tenant with the same e-mail address. */
    DUPLICATE(FoundIn.DATA, "check.unique"),
    /** A claim of another tenant than its user. */
    ANOTHER_TENANT(FoundIn.DATA, "check.agree"),
    /** A new id that is also an old one. Does no harm unless new ids take the place of old ones. */
    OVERLAP(FoundIn.REPLACEMENT, "lookup.overlap");

    /** When it is found: the mapping is read first, and while it is unfit, nothing else is. */
    public enum FoundIn {
        MAPPING,
        DATA,
        /** Only by a plan that puts new ids in the place of old ones. */
        REPLACEMENT
    }

    private final FoundIn found;
    private final String problem;

    Defect(FoundIn found, String problem) {
        this.found = found;
        this.problem = problem;
    }

    public FoundIn found() {
        return found;
    }

    /** The id of the problem that Rekey reports. */
    public String problem() {
        return problem;
    }

    /** What the report names: an id of the record, the mapping's tenant or the organization. */
    public String named() {
        return "defect-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
