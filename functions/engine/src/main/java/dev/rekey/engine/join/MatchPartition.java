package dev.rekey.engine.join;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.join.Matched.Collision;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Orphan;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Matches the lines of one partition. */
public final class MatchPartition {
    private static final int EXAMPLES = 20;

    private final Documents documents;
    private final Existing existing;
    private final Consumer<Spilled> checks;
    private final Map<String, Set<OldId>> defined = new HashMap<>();
    private final Map<String, FamilyName> families = new HashMap<>();
    private final List<Spilled> used = new ArrayList<>();
    private final Set<String> logged = new HashSet<>();
    private final List<Spilled> present = new ArrayList<>();

    /** Whether an identity that no line defines exists all the same. */
    @FunctionalInterface
    public interface Existing {
        /** Says no to everything. */
        Existing NOTHING = (family, old) -> false;

        boolean contains(FamilyName family, OldId old);
    }

    public MatchPartition(Documents documents, Existing existing) {
        this(documents, existing, line -> {});
    }

    /** @param checks gets the references and all lines of checks */
    public MatchPartition(Documents documents, Existing existing, Consumer<Spilled> checks) {
        this.documents = documents;
        this.existing = existing;
        this.checks = checks;
    }

    /**
     * Matches the lines of one partition of a join.
     *
     * @param prefix of the join
     * @param earlier prefixes of joins whose identities count as existing too
     */
    public Matched match(String prefix, List<String> earlier, int partition) {
        for (var other : earlier) {
            var keys = documents.list(Spill.partitionPrefix(other, partition)).stream()
                    .filter(Spill::isOfTarget)
                    .toList();
            lines(keys).filter(line -> line.kind() == Kind.DEFINED).forEach(this::add);
        }
        lines(documents.list(Spill.partitionPrefix(prefix, partition))).forEach(this::add);
        var references = new TreeMap<String, Long>();
        used.forEach(line -> references.merge(line.table() + "." + line.path(), line.count(), Long::sum));
        var unlogged =
                present.stream().filter(line -> !logged.contains(line.group())).toList();
        var unloggedCounts = new TreeMap<TableName, Long>();
        unlogged.forEach(line -> unloggedCounts.merge(line.table(), 1L, Long::sum));
        var examples = unlogged.stream()
                .limit(EXAMPLES)
                .map(line -> new KeyExample(line.table(), line.example()))
                .toList();
        return new Matched(references, orphans(), collisions(), unloggedCounts, examples);
    }

    private List<Orphan> orphans() {
        var orphans = new TreeMap<String, Orphan>();
        for (var line : used) {
            if (!defined.containsKey(line.group()) && !existing.contains(line.family(), line.old())) {
                var orphan = new Orphan(
                        line.family(),
                        line.old(),
                        line.table(),
                        line.path(),
                        line.onOrphan(),
                        line.example(),
                        line.count());
                orphans.merge(
                        line.table() + "|" + line.path() + "|" + line.group(),
                        orphan,
                        (one, more) -> new Orphan(
                                one.family(),
                                one.id(),
                                one.table(),
                                one.path(),
                                one.onOrphan(),
                                one.example(),
                                one.count() + more.count()));
            }
        }
        return List.copyOf(orphans.values());
    }

    private List<Collision> collisions() {
        return defined.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> new Collision(families.get(one.getKey()), List.copyOf(one.getValue())))
                .toList();
    }

    private Stream<Spilled> lines(List<ObjectKey> keys) {
        return documents.each(keys, key -> documents.lines(key, Spilled.class)).stream()
                .flatMap(List::stream);
    }

    private void add(Spilled line) {
        switch (line.kind()) {
            case Kind.DEFINED -> {
                defined.computeIfAbsent(line.group(), group -> new LinkedHashSet<>())
                        .add(line.old());
                families.put(line.group(), line.family());
            }
            case Kind.USED -> {
                used.add(line);
                checks.accept(line);
            }
            case Kind.LOGGED -> logged.add(line.group());
            case Kind.PRESENT -> present.add(line);
            case Kind.UNIQUE, Kind.HELD, Kind.CLAIMED, Kind.PARENT -> checks.accept(line);
        }
    }
}
