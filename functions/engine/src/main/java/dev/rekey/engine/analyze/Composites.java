package dev.rekey.engine.analyze;

import dev.rekey.engine.join.CompositeSighting;
import dev.rekey.engine.join.CompositeSighting.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places in composite values, of all partitions together. */
final class Composites {
    /** Partitions with ids are added up apart, so that their records are those that are shown. */
    private final Map<Where, CompositeSighting> withIds = new LinkedHashMap<>();

    private final Map<Where, CompositeSighting> others = new LinkedHashMap<>();

    /** Adds what one partition has of a place. */
    void add(CompositeSighting seen) {
        var alike = seen.hits().isEmpty() ? others : withIds;
        alike.merge(seen.where(), seen, CompositeSighting::plus);
    }

    /** Those that count, with their values in all partitions. */
    List<CompositeSighting> all() {
        var all = new LinkedHashMap<>(withIds);
        others.forEach((where, seen) -> all.merge(where, seen, CompositeSighting::plus));
        return all.values().stream().filter(CompositeSighting::counts).toList();
    }
}
