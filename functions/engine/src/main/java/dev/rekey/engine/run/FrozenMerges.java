package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which records become others of their family, as it was decided before anything was analyzed.
 *
 * @param all of one family, no survivor is merged away itself
 */
public record FrozenMerges(List<Merged> all) {
    public static final FrozenMerges NONE = new FrozenMerges(List.of());

    public FrozenMerges {
        all = List.copyOf(all);
    }

    /** Why two records are merged. */
    public enum Origin {
        /** The plan says so. */
        @JsonProperty("plan")
        PLAN,
        /** They have the same values. */
        @JsonProperty("match")
        MATCH,
        /** An earlier run of the plan has merged them. */
        @JsonProperty("earlierRun")
        EARLIER_RUN
    }

    /** A record that is merged away, and the one that it becomes. */
    public record Merged(FamilyName family, OldId merged, OldId survivor, Origin origin) {}

    /** Freezes what is known when the run is prepared: records may be found to match yet. */
    public void decide(Documents documents, RunFolder folder) {
        freeze(documents, folder.decidedMerges());
    }

    /** Freezes all merges of the run. Of two attempts the first decides. */
    public void freeze(Documents documents, RunFolder folder) {
        freeze(documents, folder.merges());
    }

    private void freeze(Documents documents, ObjectKey key) {
        var _ = documents.createBytes(key, GzippedLines.of(all));
    }

    /** What was known when the run was prepared. */
    public static FrozenMerges decided(Documents documents, RunFolder folder) {
        return find(documents, folder.decidedMerges()).orElse(NONE);
    }

    /** All merges of the run; empty until all are found. */
    public static Optional<FrozenMerges> find(Documents documents, RunFolder folder) {
        return find(documents, folder.merges());
    }

    /** The merges of the run as far as they are known; nothing is read of a plan that merges nothing. */
    public static FrozenMerges of(Documents documents, RunFolder folder, Plan plan) {
        return plan.merges() ? find(documents, folder).orElseGet(() -> decided(documents, folder)) : NONE;
    }

    private static Optional<FrozenMerges> find(Documents documents, ObjectKey key) {
        return documents.findLines(key, Merged.class).map(FrozenMerges::new);
    }

    public Map<FamilyName, Survivors> survivors() {
        var byFamily = new LinkedHashMap<FamilyName, Map<OldId, OldId>>();
        all.forEach(one -> byFamily.computeIfAbsent(one.family(), _ -> new LinkedHashMap<>())
                .put(one.merged(), one.survivor()));
        var survivors = new LinkedHashMap<FamilyName, Survivors>();
        byFamily.forEach((family, ids) -> survivors.put(family, new Survivors(ids)));
        return survivors;
    }

    /** The records that {@code merge.into} names: they are read before the analysis. */
    public Set<OldId> asked(FamilyName family) {
        return of(family).stream()
                .filter(one -> one.origin() == Origin.PLAN)
                .flatMap(one -> Stream.of(one.merged(), one.survivor()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The records that must stay while the run works. What an earlier run merged is not this run's work. */
    public Set<OldId> survivorsToFind(FamilyName family) {
        return of(family).stream()
                .filter(one -> one.origin() != Origin.EARLIER_RUN)
                .map(Merged::survivor)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those of one family. */
    public List<Merged> of(FamilyName family) {
        return all.stream().filter(one -> one.family().equals(family)).toList();
    }
}
