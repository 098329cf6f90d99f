package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
        EARLIER_RUN;

        /** Why the records are merged, to follow how many. */
        public String phrase() {
            return switch (this) {
                case PLAN -> "as the plan says";
                case MATCH -> "because they match";
                case EARLIER_RUN -> "by an earlier run";
            };
        }
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

    /**
     * The merges that level {@code number} is written and verified by: without those that ended before it. Once the level
     * begins, they never change.
     */
    public static FrozenMerges at(Documents documents, RunFolder folder, Plan plan, int number) {
        return plan.merges()
                ? of(documents, folder, plan).left(documents, folder, ended(documents, folder, number))
                : NONE;
    }

    /**
     * The merges that the run did not leave out at any level; empty until all are found. A level leaves out what those before it
     * did, so the last level that was judged says it all, as the execution found that judged it last.
     */
    public static Optional<FrozenMerges> kept(Documents documents, RunFolder folder) {
        return find(documents, folder).map(all -> all.left(documents, folder, lastOf(documents, folder.endedMerges())));
    }

    /** All merges of the run without {@code ended}. */
    public FrozenMerges left(Documents documents, RunFolder folder, Set<Merged> ended) {
        return ended.isEmpty() ? this : without(ended, decided(documents, folder));
    }

    /** Those that ended before level {@code number}. */
    public static Set<Merged> ended(Documents documents, RunFolder folder, int number) {
        return lastOf(documents, folder.endedMerges(number));
    }

    private static Set<Merged> lastOf(Documents documents, String lists) {
        return documents.list(lists).stream()
                .max(Comparator.comparing(ObjectKey::name))
                .map(key -> Set.copyOf(documents.lines(key, Merged.class)))
                .orElse(Set.of());
    }

    /** Freezes that these ended before level {@code number}, as {@code task} found. Of its attempts the first decides. */
    public void end(Documents documents, RunFolder folder, int number, RunId task) {
        freeze(documents, folder.endedMerges(number, task));
    }

    /**
     * The same without {@code ended}; what follows from others goes as far as it still leads.
     *
     * @param decided what was known before records were compared
     */
    public FrozenMerges without(Set<Merged> ended, FrozenMerges decided) {
        if (ended.isEmpty()) {
            return this;
        }
        var gone = ended.stream()
                .map(one -> List.<Object>of(one.family(), one.merged()))
                .collect(Collectors.toSet());
        Predicate<Merged> holds = one -> !gone.contains(List.<Object>of(one.family(), one.merged()));
        var matched = all.stream()
                .filter(one -> one.origin() == Origin.MATCH)
                .filter(holds)
                .toList();
        return new FrozenMerges(decided.all().stream().filter(holds).toList()).followedBy(matched);
    }

    /** These merges and those of records that match once they are done, each followed to its end. */
    public FrozenMerges followedBy(List<Merged> matched) {
        var survivors = new FrozenMerges(matched).survivors();
        return new FrozenMerges(Stream.concat(
                        all.stream()
                                .map(one -> new Merged(
                                        one.family(),
                                        one.merged(),
                                        survivors
                                                .getOrDefault(one.family(), Survivors.NONE)
                                                .of(one.survivor()),
                                        one.origin())),
                        matched.stream())
                .toList());
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

    /** Those that this run decided: what an earlier run merged is not its work. */
    public List<Merged> own(FamilyName family) {
        return of(family).stream()
                .filter(one -> one.origin() != Origin.EARLIER_RUN)
                .toList();
    }

    /** The records that are looked at again while the run works. */
    public Set<OldId> toFind(FamilyName family) {
        return own(family).stream()
                .flatMap(one -> Stream.of(one.merged(), one.survivor()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those of one family. */
    public List<Merged> of(FamilyName family) {
        return all.stream().filter(one -> one.family().equals(family)).toList();
    }
}
