package dev.rekey.engine.join;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.store.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The frozen orphans, looked for once more before references to them are removed where they stand: nothing tells later what
 * was removed. Of one page all are looked for together. What is found is written down before the page is, so that
 * verification does not expect its references to be gone.
 */
public final class OrphansNow implements Orphans {
    private final RunContext run;
    private final FamilyRecords source;
    private final Documents documents;
    private final FrozenCreated created;
    /** What was looked for since the newest page was read, and whether it is there. */
    private final Map<Identity, Boolean> arrived = new HashMap<>();

    private final Set<Identity> written = new HashSet<>();
    /** What references that hold no id may get. */
    private final Set<Identity> there = new HashSet<>();

    /** @param created what the run creates */
    public OrphansNow(RunContext run, FamilyRecords source, Documents documents, FrozenCreated created) {
        this.run = run;
        this.created = created;
        this.source = source;
        this.documents = documents;
    }

    @Override
    public boolean contains(FamilyName family, OldId id) {
        return run.orphans().contains(family, id);
    }

    @Override
    public boolean isEmpty() {
        return run.orphans().isEmpty();
    }

    @Override
    public synchronized boolean isStill(FamilyName family, OldId id) {
        var identity = new Identity(family, id);
        if (contains(family, id) && !arrived.containsKey(identity)) {
            lookFor(Set.of(identity));
        }
        return contains(family, id) && !arrived.get(identity);
    }

    /** What the run creates is there; what others had, is looked for once in an invocation. */
    @Override
    public synchronized boolean hasNoRecord(FamilyName family, OldId id) {
        if (there.isEmpty()) {
            created.all().forEach(one -> there.add(new Identity(one.family(), one.id())));
        }
        var identity = new Identity(family, id);
        if (!there.contains(identity) && source.taken(family, Set.of(id)).contains(id)) {
            there.add(identity);
        }
        return !there.contains(identity);
    }

    /** {@code pages} of {@code unit}; with each of them, the orphans that its records refer to are looked for. */
    public SourcePages with(TableName unit, SourcePages pages) {
        var removing = removing(run, unit);
        if (removing.isEmpty()) {
            return pages;
        }
        var mappings = removing.stream().collect(Collectors.toMap(table -> table, table -> run.mapping(table.name())));
        return (segment, cursor) -> {
            var page = pages.page(segment, cursor);
            lookAgain(mappings, page.items());
            return page;
        };
    }

    /** The tables of {@code unit} whose references to orphans of the run are removed where they stand. */
    public static List<TablePlan> removing(RunContext run, TableName unit) {
        if (run.orphans().isEmpty()) {
            return List.of();
        }
        return run.manifest().sharing(unit).stream()
                .map(run.plan()::table)
                .filter(TablePlan::isInPlace)
                .filter(table -> table.references().stream()
                        .anyMatch(reference -> reference.onOrphan() == OnOrphan.REMOVE_REFERENCE))
                .toList();
    }

    private synchronized void lookAgain(
            Map<TablePlan, RecordMapping> mappings, Collection<Map<String, AttributeValue>> records) {
        arrived.clear();
        lookFor(records.stream()
                .flatMap(record -> mappings.entrySet().stream()
                        .filter(one -> Kinds.belongs(record, one.getKey()))
                        .flatMap(one -> removed(one.getValue(), record)))
                .collect(Collectors.toSet()));
    }

    private Stream<Identity> removed(RecordMapping mapping, Map<String, AttributeValue> record) {
        try {
            return mapping.includes(record) ? removed(run.orphans(), mapping.references(record)) : Stream.empty();
        } catch (UnmappableException _) {
            // It is found again when the record is mapped.
            return Stream.empty();
        }
    }

    private static Stream<Identity> removed(Orphans orphans, List<ReferenceUse> uses) {
        return uses.stream()
                .filter(ReferenceUse.Used.class::isInstance)
                .map(ReferenceUse.Used.class::cast)
                .filter(use -> isRemoved(orphans, use))
                .map(use -> new Identity(use.family(), use.id()));
    }

    /** Whether {@code use} is to be removed as one of {@code orphans}. */
    public static boolean isRemoved(Orphans orphans, ReferenceUse.Used use) {
        return use.onOrphan() == OnOrphan.REMOVE_REFERENCE && orphans.contains(use.family(), use.id());
    }

    private void lookFor(Set<Identity> identities) {
        var found = new HashSet<Identity>();
        identities.stream()
                .collect(Collectors.groupingBy(Identity::family, Collectors.mapping(Identity::id, Collectors.toList())))
                .forEach((family, ids) ->
                        source.planned(family, ids).forEach(id -> found.add(new Identity(family, id))));
        identities.forEach(one -> arrived.put(one, found.contains(one)));
        found.removeAll(written);
        if (!found.isEmpty()) {
            FrozenOrphans.arrived(documents, run.folder(), found);
            written.addAll(found);
        }
    }
}
