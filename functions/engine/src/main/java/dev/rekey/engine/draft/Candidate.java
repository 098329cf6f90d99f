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
    /** Best first: by name, then by values that match, then by how few ids there are that could match by chance. */
    static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(Candidate::name)
            .thenComparing(Candidate::matched)
            .reversed()
            .thenComparing(candidate -> candidate.set().hashes().size())
            .thenComparing(candidate -> candidate.set().table().name());

    boolean isNearlyComplete(Tally tally) {
        return Hits.areNearlyAll(matched, tally.values());
    }
}
