package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.TableDigest;
import dev.rekey.engine.run.Counted;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was collected of the records of one table, on a page or on several.
 *
 * @param counts what was counted
 * @param statistics what was counted beside that; empty in stages that have only counts
 * @param digests of the records that were seen, by name; empty where the stage makes none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Gathered(
        Map<Counted, Long> counts,
        Optional<SegmentStatistics> statistics,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, TableDigest> digests) {
    public Gathered {
        // Where there are none, none are written.
        digests = digests == null ? Map.of() : digests;
    }

    public Gathered(Map<Counted, Long> counts) {
        this(counts, Optional.empty(), Map.of());
    }

    public Gathered(Map<Counted, Long> counts, SegmentStatistics statistics) {
        this(counts, Optional.of(statistics), Map.of());
    }

    public Gathered(Map<Counted, Long> counts, Map<String, TableDigest> digests) {
        this(counts, Optional.empty(), digests);
    }

    Gathered plus(Gathered other) {
        var both = statistics.isPresent() && other.statistics.isPresent()
                ? Optional.of(statistics.get().plus(other.statistics.get()))
                : statistics.or(() -> other.statistics);
        return new Gathered(Counted.sum(counts, other.counts), both, sum(digests, other.digests));
    }

    static Map<String, TableDigest> sum(Map<String, TableDigest> one, Map<String, TableDigest> other) {
        var all = new TreeMap<>(one);
        other.forEach((name, digest) -> all.merge(name, digest, TableDigest::plus));
        return all;
    }
}
