package dev.rekey.core.identity;

import dev.rekey.core.plan.IdentityRule;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The new ids of one family, by its rule. Pure; may be used by several threads at once. */
public sealed interface Derivation permits HashingDerivation, KeepingDerivation, LookupDerivation, MergedDerivation {
    int MAX_DIGITS = 38;

    /** @throws IllegalArgumentException if a derived family of numbers has no {@code digits} from 1 to 38 */
    static Derivation of(Family family) {
        return switch (family.rule()) {
            case IdentityRule.Keep() -> new KeepingDerivation(family);
            case IdentityRule.Derive derive -> HashingDerivation.of(family, derive);
            case IdentityRule.Lookup _ ->
                throw new IllegalArgumentException("family " + family.name() + " needs its mapping");
        };
    }

    /** @throws IllegalArgumentException if the family is none of lookups, or the mapping has other types */
    static Derivation of(Family family, Mapping mapping) {
        if (!(family.rule() instanceof IdentityRule.Lookup rule) || !rule.ids().equals(mapping.types())) {
            throw new IllegalArgumentException("the mapping does not fit family " + family.name());
        }
        return new LookupDerivation(family, mapping);
    }

    Family family();

    NewId of(OldId oldId);

    /**
     * The new id as text, in the form of {@link NewId.Changed#text}.
     *
     * @throws IllegalArgumentException if the rule knows none
     */
    default String newText(OldId oldId) {
        return switch (of(oldId)) {
            case NewId.Unchanged() -> oldId.canonical();
            case NewId.Changed(var text) -> text;
            case NewId.Missing() ->
                throw new IllegalArgumentException("family " + family().name() + " has no new id for an old one");
        };
    }

    /** What {@code oldId} is called once the family is mapped. An id that the rule does not know stays. */
    default OldId resulting(OldId oldId) {
        return switch (of(oldId)) {
            case NewId.Unchanged(), NewId.Missing() -> oldId;
            case NewId.Changed(var text) -> new OldId(family().newType(), text);
        };
    }

    /** Whether every id stays as it is. */
    boolean keeps();

    /** Whether {@code id} is known to be a new id already: only who looks ids up knows all of them. */
    default boolean isNew(OldId id) {
        return false;
    }

    /** The new id that {@code id} had in the mapping of an earlier run, and has none of now. */
    default Optional<OldId> former(OldId id) {
        return Optional.empty();
    }

    /** The record that {@code id} becomes where records are merged; itself where it is not merged away. */
    default OldId survivor(OldId id) {
        return id;
    }

    /** The rule for the records themselves, whatever they are merged into. */
    default Derivation unmerged() {
        return this;
    }

    /** The new id as a value of the type of new ids. */
    default AttributeValue newId(OldId oldId) {
        return new OldId(family().newType(), newText(oldId)).value();
    }

    /**
     * The new id of {@code oldId}, a value as it may stand in a reference to the family.
     *
     * @throws IllegalArgumentException if {@code oldId} is no identity of the family
     */
    default AttributeValue newId(AttributeValue oldId) {
        return switch (OldId.read(family().type(), oldId)) {
            case OldId id -> newId(id);
            case IdReading.NoId() ->
                throw new IllegalArgumentException("an empty value is not an identity of " + family().name());
            case IdReading.Unusable(var reason) -> throw new IllegalArgumentException(reason);
        };
    }
}
