package dev.rekey.engine.draft;

import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.NameLikeness;
import java.util.Comparator;

/**
 * A table that the values at a path may refer to.
 *
 * @param matched how many of the values are ids of it
 */
record Candidate(KeySet set, long matched, NameLikeness name) {
    /** As the analysis judges: so many different values are no accident, if they are not plain. */
    private static final int MANY = 20;

    /**
     * Best first: by name, then by values that match, then tables whose whole key is the id, then by how few ids there are that
     * could match by chance.
     */
    static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(Candidate::name)
            .thenComparing(Candidate::matched)
            .thenComparing(candidate -> candidate.set().isOnlyKey())
            .reversed()
            .thenComparing(candidate -> candidate.set().hashes().size())
            .thenComparing(candidate -> candidate.set().table().name());

    /** Whether all of many different values are ids that hardly stand anywhere by accident. */
    boolean isMeant(PathTally tally) {
        return matched == tally.values()
                && tally.distinct() >= MANY
                && set.forms().areDistinctive();
    }

    /** Whether this is better than {@code next}: by name, or because the id is only a part of the other's key. */
    boolean isClearlyBefore(Candidate next) {
        return name.compareTo(next.name) > 0 || (name == next.name && set.isOnlyKey() && !next.set.isOnlyKey());
    }

    boolean isNearlyComplete(PathTally tally) {
        return Hits.areNearlyAll(matched, tally.values());
    }
}
