package dev.rekey.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records of a table that become others of it: references to them become references to the survivors.
 *
 * @param into where the merges stand that are decided: merged id to the id of the survivor; empty if the plan decides none
 * @param matching which other records are merged; empty if none are
 * @param require what both records of a merge must satisfy; empty if nothing
 * @param set attributes that a record merged away gets where it is changed in place
 */
public record Merge(
        Optional<MappingSource> into,
        Optional<Matching> matching,
        Optional<ValueRule.Expression> require,
        Map<String, ValueRule> set) {
    public Merge {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    /**
     * Records become the same that have the same values within one parent, once their parents are merged.
     *
     * @param by attributes whose values are compared together
     * @param within the reference to the parent; empty if records match wherever they belong
     * @param merge whether they are merged; else they are conflicts
     * @param oldestBy attribute whose smallest value says which record is the oldest
     */
    public record Matching(
            List<String> by,
            Optional<ReferencePath> within,
            boolean merge,
            Optional<String> oldestBy,
            Set<Normalization> normalize) {
        public Matching {
            by = List.copyOf(by);
            normalize = Set.copyOf(normalize);
        }
    }

    /** What is done with texts before they are compared. */
    public enum Normalization {
        /** White space at both ends is left out. */
        TRIM,
        /** Capital letters count as small ones, whatever the language. */
        LOWERCASE
    }
}
