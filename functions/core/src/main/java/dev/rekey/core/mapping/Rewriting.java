package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.NewId;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import dev.rekey.core.mapping.ReferenceRule.Holder;
import dev.rekey.core.plan.OnMissing;
import dev.rekey.core.plan.OnOrphan;

/**
 * Puts new ids in the place of old ones.
 *
 * @param again whether the records may hold new ids already, of an earlier run or attempt
 */
record Rewriting(Orphans orphans, boolean again) implements Treatment {
    static final String NO_NEW_ID = "mapping.no-new-id";
    static final String WRONG_TYPE = "mapping.wrong-type";
    static final String COLLISION = "mapping.collision";
    static final String NOT_JSON = "mapping.not-json";
    private static final String ORPHAN = "mapping.orphan";

    @Override
    public Change treat(ReferenceRule rule, IdReading reading) {
        return switch (reading) {
            case OldId id -> rewrite(rule, id);
            case IdReading.NoId() -> UNCHANGED;
            case IdReading.Unusable(var reason) ->
                throw new UnmappableException(WRONG_TYPE, rule.path(), "the value " + reason);
        };
    }

    private Change rewrite(ReferenceRule rule, OldId id) {
        if (isOrphan(rule, id)) {
            return switch (rule.onOrphan()) {
                case KEEP -> UNCHANGED;
                case REMOVE_REFERENCE -> hasNoRecordYet(rule, id) ? REMOVED : replaced(rule, id);
                // A record that is created is no orphan: this reference came too late for that.
                case FAIL, CREATE ->
                    throw new UnmappableException(
                            ORPHAN, rule.path(), "refers to a record of " + rule.family() + " that does not exist");
            };
        }
        return replaced(rule, id);
    }

    private Change replaced(ReferenceRule rule, OldId id) {
        return switch (rule.derivation().of(id)) {
            case NewId.Unchanged() -> UNCHANGED;
            case NewId.Changed(var text) -> new Change.Replaced(text);
            case NewId.Missing() -> missing(rule, id);
        };
    }

    private boolean isOrphan(ReferenceRule rule, OldId id) {
        return !rule.own() && orphans.contains(rule.family(), rule.derivation().survivor(id));
    }

    private boolean hasNoRecordYet(ReferenceRule rule, OldId id) {
        return orphans.isStill(rule.family(), rule.derivation().survivor(id));
    }

    private Change missing(ReferenceRule rule, OldId id) {
        if (again && rule.derivation().isNew(id)) {
            return UNCHANGED;
        }
        return switch (rule.onMissing()) {
            case KEEP -> UNCHANGED;
            // No record is without its key.
            case REMOVE_REFERENCE -> rule.holder() == Holder.ATTRIBUTE ? REMOVED : noNewId(rule);
            case FAIL -> noNewId(rule);
        };
    }

    private static Change noNewId(ReferenceRule rule) {
        throw new UnmappableException(
                NO_NEW_ID, rule.path(), "holds an id that the mapping of " + rule.family() + " does not have");
    }

    /** Whether {@code id} stays an old id, although others of its family change. */
    boolean isKept(ReferenceRule rule, OldId id) {
        return isOrphan(rule, id)
                ? rule.onOrphan() == OnOrphan.KEEP
                : rule.onMissing() == OnMissing.KEEP && rule.derivation().of(id) instanceof NewId.Missing;
    }

    @Override
    public void nothing(PathTree place) {
        // A null stays as it is.
    }

    @Override
    public void misfit(PathTree place, String id, String fact) {
        var path = place.rulesBelow().getFirst().path();
        throw new UnmappableException(new Unmappable(id, path, "the value " + fact));
    }
}
