package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.Identities;
import dev.rekey.engine.join.Matched.Keys;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Matches the lines of one partition. It holds some 40 bytes for each identity, each key and each different value of a
 * reference, not the lines. Where these show that something is to be named, it looks at the lines a second time.
 */
public final class MatchPartition {
    /** 64 MB of hashes. */
    private static final int MOST_VALUES = 8 << 20;
    /** 32 MB of hashes. */
    private static final int MOST_PIECES = 4 << 20;
    /** References whose identities are looked up together. */
    private static final int ASKED_TOGETHER = 10_000;
    /** Lines that are kept for the second look. Where there are more, they are read again. */
    private static final int MOST_KEPT = 50_000;

    private final Documents documents;
    private final Existing existing;
    private final LineChecks checks;
    private final int mostKept;
    /** With a number for the old identity. */
    private final Groups defined = new Groups();

    private final Groups outside = new Groups();
    private final Groups orphaned = new Groups();
    private final KeyMatch keys = new KeyMatch();
    private final Set<String> contested = new HashSet<>();
    private final KnownIds ids = new KnownIds();
    private final ValueMatch values;
    private final ValueMatch composites = new ValueMatch(ids, _ -> Optional.empty(), MOST_PIECES);
    private List<Spilled> kept = new ArrayList<>();
    private boolean keptAll = true;

    private final Map<String, Boolean> missing = new HashMap<>();
    /** References to identities that no line defines, until it is known whether these exist. */
    private final List<Spilled.Used> open = new ArrayList<>();

    private final Map<String, ReferenceMatch> references = new TreeMap<>();
    private final Map<String, Set<OldId>> colliding = new TreeMap<>();
    private final Map<String, FamilyName> families = new HashMap<>();
    private final Map<FamilyName, IdForms> forms = new TreeMap<>();
    private final Map<String, Spilled.Orphaned> found = new TreeMap<>();
    private long read;

    /** A reference of the plan. */
    private static final class ReferenceMatch {
        private final Groups distinct = new Groups();
        private final Map<String, Spilled.Used> orphans = new TreeMap<>();
        private long values;
        private boolean needsRecords;
    }

    /** Which identities that no line defines exist all the same. */
    @FunctionalInterface
    public interface Existing {
        /** Says no to everything. */
        Existing NOTHING = (family, ids) -> Set.of();

        /** Those of {@code ids} that exist. */
        Set<OldId> among(FamilyName family, Collection<OldId> ids);

        default boolean contains(FamilyName family, OldId old) {
            return !among(family, List.of(old)).isEmpty();
        }

        /** Whether ids of the family are those of records. References to others are counted and never orphans. */
        default boolean needsRecords(FamilyName family) {
            return true;
        }
    }

    public MatchPartition(Documents documents, Existing existing) {
        this(documents, existing, LineChecks.NONE);
    }

    public MatchPartition(Documents documents, Existing existing, LineChecks checks) {
        this(documents, existing, checks, _ -> Optional.empty(), MOST_KEPT);
    }

    /** @param declared whose ids the plan says stand at a place: there, the ids of others are counted that are none of these */
    public MatchPartition(
            Documents documents, Existing existing, LineChecks checks, Function<Place, Optional<FamilyName>> declared) {
        this(documents, existing, checks, declared, MOST_KEPT);
    }

    /** @param mostKept how many lines are kept for a second look; where there are more, they are read again */
    MatchPartition(
            Documents documents,
            Existing existing,
            LineChecks checks,
            Function<Place, Optional<FamilyName>> declared,
            int mostKept) {
        this.values = new ValueMatch(ids, declared, MOST_VALUES);
        this.documents = documents;
        this.existing = existing;
        this.checks = checks;
        this.mostKept = mostKept;
    }

    /**
     * Other joins of which something counts too.
     *
     * @param joins their prefixes
     * @param targets the tables whose identities in the target count; empty if all that was spilled counts, values too
     */
    public record Earlier(List<String> joins, Optional<Set<TableName>> targets) {
        public static final Earlier NOTHING = new Earlier(List.of(), Optional.empty());

        private boolean counts(ObjectKey key) {
            return targets.map(tables -> tables.stream().anyMatch(table -> Spill.isOfTarget(key, table)))
                    .orElse(true);
        }
    }

    /**
     * Matches the lines of one partition of a join.
     *
     * @param prefix of the join
     */
    public Matched match(String prefix, Earlier earlier, int partition) {
        var others = earlier.joins().stream()
                .flatMap(other -> documents.list(Spill.partitionPrefix(other, partition)).stream())
                .filter(earlier::counts)
                .toList();
        documents.eachLine(others, Spilled.class, line -> {
            if (isIdentityOrValue(line)) {
                first(line);
            }
        });
        var own = documents.list(Spill.partitionPrefix(prefix, partition));
        documents.eachLine(own, Spilled.class, line -> {
            first(line);
            checks.first(line);
        });
        lookAgain(others, own);
        return new Matched(
                new Identities(references(), orphans(), collisions(), orphans(found.values()), forms),
                new Keys(keys.unloggedCounts(), keys.unloggedExamples(), keys.collided(), keys.late()),
                values.sightings(),
                composites.sightings(),
                read);
    }

    /** Whether a line of what was matched defines the identity of {@code group}. */
    boolean defines(String group) {
        return defined.contains(group);
    }

    /** What exists and what is compared with that, as a number for each. */
    private void first(Spilled line) {
        switch (line) {
            case Spilled.Defined defines -> {
                defined(defines.id());
                keep(line);
            }
            case Spilled.Outside leftOut -> outside.add(leftOut.group());
            case Spilled.Superseded before -> keys.superseded(before);
            case Spilled.Logged logged -> keys.logged(logged);
            case Spilled.Late late -> keys.late(late);
            case Spilled.LeftOut leftOut -> keys.leftOut(leftOut);
            case Spilled.Read(var seen) -> read += seen.size();
            case Spilled.Orphaned orphan -> {
                orphaned.add(orphan.group());
                keep(line);
            }
            case Spilled.Used use -> {
                var reference = references.computeIfAbsent(use.at().toString(), _ -> new ReferenceMatch());
                reference.values += use.count();
                reference.distinct.add(use.group());
                if (existing.needsRecords(use.id().family())) {
                    reference.needsRecords = true;
                    keep(line);
                }
            }
            case Spilled.Present present -> {
                keys.present(present);
                keep(line);
            }
            case Spilled.Known known -> ids.add(known);
            case Spilled.Values seen -> (seen.isOfKey() ? composites : values).seen(seen);
            case Spilled.Removed _, Spilled.Example _, Spilled.Checked _, Spilled.Wrote _, Spilled.Deleted _ -> {}
        }
    }

    private void defined(Spilled.Identified id) {
        forms.merge(
                id.family(),
                new IdForms(1, Value.isPlain(id.old()) ? 1 : 0, Optional.of(IdForm.of(id.old()))),
                IdForms::plus);
        long old = defined.number(id.old().canonical());
        if (defined.numbered(id.group(), old) != old) {
            contested.add(id.group());
        }
    }

    private void keep(Spilled line) {
        if (keptAll && kept.size() == mostKept) {
            keptAll = false;
            kept = List.of();
        }
        if (keptAll) {
            kept.add(line);
        }
    }

    /** Whether anything is to be named: then it takes the lines. */
    private boolean isAmiss() {
        return !contested.isEmpty()
                || keys.isAmiss()
                || defined.containsAny(orphaned)
                || !references.values().stream()
                        .filter(place -> place.needsRecords)
                        .allMatch(place -> defined.containsAll(place.distinct));
    }

    private void lookAgain(List<ObjectKey> others, List<ObjectKey> own) {
        boolean checked = checks.lookAgain();
        boolean amiss = isAmiss();
        // Of what was logged nothing is kept.
        boolean reread = (amiss && !keptAll) || keys.hasCollided();
        if (amiss && !reread) {
            kept.forEach(this::again);
        }
        if (reread && !contested.isEmpty()) {
            documents.eachLine(others, Spilled.class, line -> {
                if (line instanceof Spilled.Defined) {
                    again(line);
                }
            });
        }
        boolean composed = !composites.isEmpty();
        if (checked || reread || composed) {
            documents.eachLine(own, Spilled.class, line -> {
                if (composed && line instanceof Spilled.Example example) {
                    composites.again(example);
                }
                if (reread) {
                    again(line);
                }
                if (checked) {
                    checks.again(line);
                }
            });
        }
        lookUp();
    }

    /** All that exists is known now. */
    private void again(Spilled line) {
        switch (line) {
            case Spilled.Defined(var id, var _) -> {
                if (contested.contains(id.group())) {
                    colliding
                            .computeIfAbsent(id.group(), _ -> new LinkedHashSet<>())
                            .add(id.old());
                    families.put(id.group(), id.family());
                }
            }
            case Spilled.Used use -> {
                if (existing.needsRecords(use.id().family()) && !defined.contains(use.group())) {
                    undefined(use);
                }
            }
            case Spilled.Orphaned orphan -> {
                if (defined.contains(orphan.group())) {
                    found.merge(orphan.group() + "|" + orphan.at(), orphan, (one, more) -> one.plus(more.count()));
                }
            }
            case Spilled.Present present -> keys.presentAgain(present);
            case Spilled.Logged logged -> keys.loggedAgain(logged);
            case Spilled.Outside _,
                    Spilled.Removed _,
                    Spilled.Superseded _,
                    Spilled.Late _,
                    Spilled.LeftOut _,
                    Spilled.Wrote _,
                    Spilled.Deleted _,
                    Spilled.Checked _,
                    Spilled.Hashed _ -> {}
        }
    }

    private void undefined(Spilled.Used use) {
        switch (missing.get(use.group())) {
            case null -> {
                open.add(use);
                if (open.size() == ASKED_TOGETHER) {
                    lookUp();
                }
            }
            case Boolean isMissing when isMissing -> orphan(use);
            case Boolean _ -> {}
        }
    }

    private void lookUp() {
        var asked = new LinkedHashMap<FamilyName, Map<OldId, String>>();
        open.forEach(use -> asked.computeIfAbsent(use.id().family(), _ -> new LinkedHashMap<>())
                .put(use.id().old(), use.group()));
        asked.forEach((family, groups) -> {
            groups.values().forEach(group -> missing.put(group, true));
            existing.among(family, groups.keySet()).forEach(id -> missing.put(groups.get(id), false));
        });
        open.stream().filter(use -> missing.get(use.group())).forEach(this::orphan);
        open.clear();
    }

    /** What would be created for one reference may be a failure of another at the same place. */
    private void orphan(Spilled.Used use) {
        references
                .get(use.at().toString())
                .orphans
                .merge(use.group() + "|" + use.at().onOrphan(), use, (one, more) -> one.plus(more.count()));
    }

    private Map<String, References> references() {
        var counted = new TreeMap<String, References>();
        references.forEach((name, reference) -> counted.put(
                name,
                new References(
                        reference.values,
                        reference.distinct.size(),
                        reference.orphans.values().stream()
                                .filter(line -> outside.contains(line.group()))
                                .mapToLong(Spilled.Used::count)
                                .sum())));
        return counted;
    }

    private List<Orphan> orphans() {
        return orphans(references.values().stream()
                .flatMap(place -> place.orphans.values().stream())
                .toList());
    }

    static List<Orphan> orphans(Collection<? extends Spilled.Referring> lines) {
        return lines.stream()
                .map(line -> new Orphan(
                        line.id().family(),
                        line.id().old(),
                        line.at().table(),
                        line.at().path(),
                        line.at().onOrphan(),
                        line.record(),
                        line.count()))
                .toList();
    }

    private List<Collision> collisions() {
        return colliding.entrySet().stream()
                .map(one -> new Collision(families.get(one.getKey()), List.copyOf(one.getValue())))
                .toList();
    }

    private static boolean isIdentityOrValue(Spilled line) {
        return switch (line) {
            case Spilled.Defined _, Spilled.Known _ -> true;
            case Spilled.Values values -> !values.isOfKey();
            case Spilled.Outside _,
                    Spilled.Referring _,
                    Spilled.OfKey _,
                    Spilled.Wrote _,
                    Spilled.Deleted _,
                    Spilled.Checked _,
                    Spilled.Example _,
                    Spilled.Read _ -> false;
        };
    }
}
