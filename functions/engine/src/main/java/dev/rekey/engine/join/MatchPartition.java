package dev.rekey.engine.join;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.join.Spilled.Kind;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Matches the lines of one partition. */
public final class MatchPartition {
    private static final int OBJECTS_AT_ONCE = 64;
    /** 64 MB of hashes. */
    private static final int MOST_VALUES = 8 << 20;

    private final Documents documents;
    private final Existing existing;
    private final LineChecks checks;
    private final Map<String, Set<OldId>> defined = new HashMap<>();
    private final Map<String, FamilyName> families = new HashMap<>();
    private final Set<String> outside = new HashSet<>();
    private final Map<String, Boolean> missing = new HashMap<>();
    /** By place, then by group. */
    private final Map<String, Map<String, Spilled>> used = new TreeMap<>();

    private final Set<String> logged = new HashSet<>();
    private final List<Spilled> present = new ArrayList<>();
    private final ValueMatch values = new ValueMatch(MOST_VALUES);

    /** Whether an identity that no line defines exists all the same. */
    @FunctionalInterface
    public interface Existing {
        /** Says no to everything. */
        Existing NOTHING = (family, old) -> false;

        boolean contains(FamilyName family, OldId old);
    }

    public MatchPartition(Documents documents, Existing existing) {
        this(documents, existing, LineChecks.NONE);
    }

    public MatchPartition(Documents documents, Existing existing, LineChecks checks) {
        this.documents = documents;
        this.existing = existing;
        this.checks = checks;
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
        for (var other : earlier.joins()) {
            var keys = documents.list(Spill.partitionPrefix(other, partition)).stream()
                    .filter(earlier::counts)
                    .toList();
            each(keys, line -> {
                if (isIdentityOrValue(line)) {
                    add(line);
                }
            });
        }
        var own = documents.list(Spill.partitionPrefix(prefix, partition));
        each(own, this::add);
        if (checks.lookAgain()) {
            each(own, checks::again);
        }
        var unlogged =
                present.stream().filter(line -> !logged.contains(line.group())).toList();
        var unloggedCounts = new TreeMap<TableName, Long>();
        unlogged.forEach(line -> unloggedCounts.merge(line.table(), 1L, Long::sum));
        var examples = unlogged.stream()
                .map(line -> new KeyExample(line.table(), line.example()))
                .toList();
        return new Matched(references(), orphans(), collisions(), unloggedCounts, examples, values.sightings());
    }

    private Map<String, References> references() {
        var references = new TreeMap<String, References>();
        used.forEach((place, lines) -> references.put(
                place,
                new References(
                        lines.values().stream().mapToLong(Spilled::count).sum(),
                        lines.size(),
                        lines.values().stream()
                                .filter(line -> isOrphan(line) && outside.contains(line.group()))
                                .mapToLong(Spilled::count)
                                .sum())));
        return references;
    }

    private List<Orphan> orphans() {
        return used.values().stream()
                .flatMap(lines -> lines.values().stream())
                .filter(this::isOrphan)
                .map(line -> new Orphan(
                        line.family(),
                        line.old(),
                        line.table(),
                        line.path(),
                        line.onOrphan(),
                        line.example(),
                        line.count()))
                .toList();
    }

    private boolean isOrphan(Spilled line) {
        return !defined.containsKey(line.group())
                && missing.computeIfAbsent(line.group(), _ -> !existing.contains(line.family(), line.old()));
    }

    private List<Collision> collisions() {
        return defined.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> new Collision(families.get(one.getKey()), List.copyOf(one.getValue())))
                .toList();
    }

    private static boolean isIdentityOrValue(Spilled line) {
        return switch (line.kind()) {
            case Kind.DEFINED, Kind.KNOWN, Kind.SEEN -> true;
            case Kind.OUTSIDE,
                    Kind.USED,
                    Kind.LOGGED,
                    Kind.PRESENT,
                    Kind.UNIQUE,
                    Kind.HELD,
                    Kind.CLAIMED,
                    Kind.PARENT -> false;
        };
    }

    /** Some objects at a time: all of them together may be more than fits into memory. */
    private void each(List<ObjectKey> keys, Consumer<Spilled> line) {
        for (int from = 0; from < keys.size(); from += OBJECTS_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + OBJECTS_AT_ONCE));
            documents.each(some, key -> documents.lines(key, Spilled.class)).forEach(lines -> lines.forEach(line));
        }
    }

    private void add(Spilled line) {
        switch (line.kind()) {
            case Kind.DEFINED -> {
                defined.computeIfAbsent(line.group(), group -> new LinkedHashSet<>())
                        .add(line.old());
                families.put(line.group(), line.family());
            }
            case Kind.OUTSIDE -> outside.add(line.group());
            case Kind.USED -> {
                used.computeIfAbsent(line.table() + "." + line.path(), _ -> new TreeMap<>())
                        .merge(line.group(), line, (one, more) -> one.plus(more.count()));
                checks.first(line);
            }
            case Kind.LOGGED -> logged.add(line.group());
            case Kind.PRESENT -> present.add(line);
            case Kind.KNOWN -> values.known(line);
            case Kind.SEEN -> values.seen(line);
            case Kind.UNIQUE, Kind.HELD, Kind.CLAIMED, Kind.PARENT -> checks.first(line);
        }
    }
}
