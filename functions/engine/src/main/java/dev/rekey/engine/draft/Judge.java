package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.PlaceName;
import java.util.List;

/** Decides what the values at a path are. */
final class Judge {
    private final SourceTable table;
    private final long records;

    /** @param records of {@code table} */
    Judge(SourceTable table, long records) {
        this.table = table;
        this.records = records;
    }

    /** @param families the key sets that references may name */
    Judgement judge(List<Step> path, PathTally tally, List<KeySet> families) {
        var place = PlaceName.of(path);
        var candidates = families.stream()
                .filter(set -> tally.matched(set) > 0)
                .map(set -> new Candidate(set, tally.matched(set), likeness(place, tally, set)))
                .sorted(Candidate.BEST_FIRST)
                .toList();
        if (candidates.isEmpty()) {
            return new Judgement.Nothing();
        }
        var near = candidates.stream()
                .filter(candidate -> candidate.isNearlyComplete(tally))
                .toList();
        return tally.isTelling() ? byValues(candidates, near) : byNames(place, tally, candidates, near);
    }

    /** Values made by chance are in two places for a reason. */
    private static Judgement byValues(List<Candidate> candidates, List<Candidate> near) {
        if (near.isEmpty()) {
            return new Judgement.Doubtful(candidates);
        }
        var best = near.getFirst();
        return isAlone(near) ? new Judgement.Reference(best) : new Judgement.Doubtful(near);
    }

    /** Small numbers and short words are ids of any table by accident: a name has to say so too. */
    private Judgement byNames(PlaceName place, PathTally tally, List<Candidate> candidates, List<Candidate> near) {
        if (near.isEmpty()) {
            return candidates.getFirst().name().isStrong()
                    ? new Judgement.Doubtful(candidates.stream()
                            .filter(candidate -> candidate.name().isStrong())
                            .toList())
                    : new Judgement.Nothing();
        }
        var best = near.getFirst();
        if (isAlone(near) && (best.isMeant(tally) || (best.name().isStrong() && isEnough(place, best)))) {
            return new Judgement.Reference(best);
        }
        if (tally.distinct() == 1 && !best.name().isStrong() && !place.words().saysId()) {
            // The same number or word everywhere is no id of anything.
            return new Judgement.Nothing();
        }
        return place.words().saysId()
                        || best.name().isStrong()
                        || best.isMeant(tally)
                        || near.stream().anyMatch(one -> areKeys(place.path(), one))
                ? new Judgement.Doubtful(near)
                : new Judgement.Accident(best);
    }

    /** Whether the first of {@code near} is better than all others. */
    private static boolean isAlone(List<Candidate> near) {
        return near.size() == 1 || near.getFirst().isClearlyBefore(near.get(1));
    }

    /** Names in a map that are texts and nearly all ids, of two records at least, are hardly so by accident. */
    private static boolean areKeys(List<Step> path, Candidate candidate) {
        return path.getLast() instanceof Step.MapKeys
                && candidate.set().attribute().type() != KeyType.N
                && candidate.matched() > 1;
    }

    /** Whether {@code path} leads to the names in a map, and these are ids. */
    static boolean isKeyedById(List<Step> path, PathTally tally, Judgement judgement) {
        return path.getLast() instanceof Step.MapKeys
                && switch (judgement) {
                    case Judgement.Reference _ -> true;
                    case Judgement.Doubtful(var candidates) ->
                        candidates.getFirst().isNearlyComplete(tally);
                    case Judgement.Accident _ -> true;
                    case Judgement.Named _, Judgement.Nothing _ -> false;
                };
    }

    private boolean isEnough(PlaceName place, Candidate best) {
        var key = best.set().attribute();
        return place.saysSo(best.name(), key.type(), key.name()) || isParent(place, best.set());
    }

    private boolean isParent(PlaceName place, KeySet set) {
        return set.table().equals(table) && place.words().meansOwnTable();
    }

    private NameLikeness likeness(PlaceName place, PathTally tally, KeySet set) {
        var name = set.table().name().value();
        var likeness = place.likeness(name, set.attribute().name());
        return likeness != NameLikeness.EQUAL && isParent(place, set) && isForest(place.path(), tally)
                ? NameLikeness.ENDS_WITH
                : likeness;
    }

    /** Whether some record is without a parent and none is its own: otherwise these are no parents. */
    private boolean isForest(List<Step> path, PathTally tally) {
        return tally.own() == 0 && (path.size() > 1 || tally.values() < records);
    }
}
