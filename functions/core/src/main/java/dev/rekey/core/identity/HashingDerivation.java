package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.math.BigInteger;
import java.security.MessageDigest;

/** Rule {@code derive}, as {@code docs/reference/identity.md} defines it. */
final class HashingDerivation implements Derivation {
    private final Family family;
    /** Has taken in all that is the same for every id; copied for each, because a digest has state. */
    private final MessageDigest begun;
    /** 10^digits - 1; zero unless the family's ids are numbers. */
    private final BigInteger range;

    private HashingDerivation(Family family, MessageDigest begun, BigInteger range) {
        this.family = family;
        this.begun = begun;
        this.range = range;
    }

    static HashingDerivation of(Family family, IdentityRule.Derive derive) {
        var digest = HashedId.digest(
                derive.namespace(), family.name().value(), family.type().name());
        var range = family.type() == KeyType.N
                ? range(family.name(), derive.digits().orElse(0))
                : BigInteger.ZERO;
        return new HashingDerivation(family, digest, range);
    }

    private static BigInteger range(FamilyName family, int digits) {
        if (digits < 1 || digits > Derivation.MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "family " + family + " derives numbers and needs 'digits' from 1 to 38, not " + digits);
        }
        return HashedId.range(digits);
    }

    @Override
    public Family family() {
        return family;
    }

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public NewId of(OldId oldId) {
        var digest = HashedId.copy(begun);
        HashedId.add(digest, oldId.bytes());
        return new NewId.Changed(HashedId.id(family.type(), digest, range));
    }
}
