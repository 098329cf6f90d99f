package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.NewId;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;

/** Puts new ids in the place of old ones. */
record Rewriting(Orphans orphans) implements Treatment {
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
        if (!rule.own() && orphans.contains(rule.family(), id)) {
            return switch (rule.onOrphan()) {
                case KEEP -> UNCHANGED;
                case REMOVE_REFERENCE -> REMOVED;
                case FAIL ->
                    throw new UnmappableException(
                            ORPHAN, rule.path(), "refers to a record of " + rule.family() + " that does not exist");
            };
        }
        return switch (rule.derivation().of(id)) {
            case NewId.Unchanged() -> UNCHANGED;
            case NewId.Changed(var text) -> new Change.Replaced(text);
            case NewId.Missing() ->
                throw new IllegalStateException("the rule of " + rule.family() + " computes, and has no new id");
        };
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
