package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The references for which matching found no record, looked at once more before they decide anything: applications may have
 * inserted the record, or deleted the one that refers to it, while the source was read.
 */
public final class StandingOrphans {
    /** After so many references that stand, the run is refused in any case, and the others count as standing too. */
    private static final int ENOUGH = 1_000;

    private final Documents documents;
    private final RunContext run;
    private final Supplier<Existing> searched;
    private final Supplier<Source> source;

    /** @param searched finds the records that no id leads to by its key */
    public StandingOrphans(Documents documents, RunContext run, Supplier<Existing> searched, Supplier<Source> source) {
        this.documents = documents;
        this.run = run;
        this.searched = searched;
        this.source = source;
    }

    /** What matching found, without the orphans whose record is there. The others are frozen into the run. */
    Matched settled(Matched matched) {
        var orphans = matched.identities().orphans();
        var decided = orphans.isEmpty()
                ? FrozenOrphans.decide(documents, run.folder(), Set.of())
                : FrozenOrphans.find(documents, run.folder())
                        .orElseGet(() -> FrozenOrphans.decide(documents, run.folder(), missing(orphans)));
        return matched.with(orphans.stream()
                .filter(orphan -> decided.contains(orphan.family(), orphan.id()))
                .toList());
    }

    private Set<Identity> missing(List<Orphan> orphans) {
        var missing = new LinkedHashSet<Identity>();
        orphans.forEach(orphan -> missing.add(new Identity(orphan.family(), orphan.id())));
        var existing = searched.get();
        var byFamily = new TreeMap<FamilyName, List<Identity>>();
        missing.forEach(one ->
                byFamily.computeIfAbsent(one.family(), _ -> new ArrayList<>()).add(one));
        byFamily.forEach((family, all) -> existing.among(
                        family, all.stream().map(Identity::id).toList())
                .forEach(id -> missing.remove(new Identity(family, id))));
        return missing;
    }

    /**
     * Those of {@code orphans} for which the run is refused. What could be created was created, so a reference that needs
     * more came later. The same holds for one that the record which held it does not hold any more.
     */
    Set<Orphan> refusing(List<Orphan> orphans) {
        var failing = orphans.stream()
                .filter(orphan -> orphan.onOrphan() == OnOrphan.FAIL)
                .toList();
        var refusing = new HashSet<>(failing);
        int standing = 0;
        for (int from = 0; from < failing.size() && standing < ENOUGH; from += ENOUGH) {
            var some = failing.subList(from, Math.min(failing.size(), from + ENOUGH));
            var gone = gone(some);
            refusing.removeAll(gone);
            standing += some.size() - gone.size();
        }
        return refusing;
    }

    private Set<Orphan> gone(List<Orphan> orphans) {
        var byTable = new TreeMap<TableName, List<Orphan>>();
        orphans.stream()
                // What is created is in the run.
                .filter(orphan -> !orphan.table().isPart())
                .forEach(orphan -> byTable.computeIfAbsent(orphan.table(), _ -> new ArrayList<>())
                        .add(orphan));
        var gone = new HashSet<Orphan>();
        byTable.forEach((table, all) -> {
            var records = records(table, all);
            var mapping = run.mapping(table);
            all.stream()
                    .filter(orphan -> !holds(mapping, records.get(key(orphan)), orphan))
                    .forEach(gone::add);
        });
        return gone;
    }

    private Map<Key, Map<String, AttributeValue>> records(TableName table, List<Orphan> orphans) {
        var shape = run.manifest().table(table).source();
        var records = new HashMap<Key, Map<String, AttributeValue>>();
        source.get()
                .find(
                        shape,
                        orphans.stream().map(StandingOrphans::key).distinct().toList())
                .forEach(record -> records.put(shape.keyOf(record), record));
        return records;
    }

    private static Key key(Orphan orphan) {
        return new Key(TypedJson.parse(orphan.example()));
    }

    private boolean holds(RecordMapping mapping, Map<String, AttributeValue> record, Orphan orphan) {
        if (record == null || !Kinds.belongs(record, run.plan().table(orphan.table()))) {
            return false;
        }
        try {
            return mapping.includes(record)
                    && mapping.references(record).stream()
                            .anyMatch(use -> use instanceof ReferenceUse.Used used
                                    && used.path().equals(orphan.path())
                                    && used.family().equals(orphan.family())
                                    && used.id().equals(orphan.id()));
        } catch (UnmappableException _) {
            return true;
        }
    }
}
