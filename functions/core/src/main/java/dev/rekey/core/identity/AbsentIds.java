package dev.rekey.core.identity;

import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.security.MessageDigest;
import java.util.List;

/**
 * The ids that records of one family get which are created because references are absent: old ids, which the family's rule
 * maps as any other. {@code docs/reference/identity.md} defines them. May be used by several threads at once.
 */
public final class AbsentIds {
    /** Every number of so many digits is exact in a double. */
    private static final int DIGITS = 15;

    private final Family family;
    private final MessageDigest begun;

    private AbsentIds(Family family, MessageDigest begun) {
        this.family = family;
        this.begun = begun;
    }

    public static AbsentIds of(PlanName plan, Family family) {
        return new AbsentIds(
                family,
                HashedId.digest(
                        "onAbsent",
                        plan.value(),
                        family.name().value(),
                        family.type().name()));
    }

    /** The id of the record that all records with {@code value} share. */
    public OldId per(OldId value) {
        return id(List.of("per"), List.of(value));
    }

    /**
     * The id of the record that one record has to itself.
     *
     * @param key of the referring record, partition key first
     */
    public OldId ofRecord(TableName table, List<OldId> key) {
        return id(List.of("record", table.value()), key);
    }

    private OldId id(List<String> of, List<OldId> values) {
        var digest = HashedId.copy(begun);
        of.forEach(text -> HashedId.add(digest, text));
        for (var value : values) {
            HashedId.add(digest, value.type().name());
            HashedId.add(digest, value.bytes());
        }
        return new OldId(family.type(), HashedId.id(family.type(), digest, HashedId.range(DIGITS)));
    }
}
