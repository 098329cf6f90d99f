package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.CreatedParents;
import dev.rekey.core.mapping.CreatedParents.Parent;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.undo.ReferredBefore.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds what the records of a physical table refer to and what has to be created, whatever part of the plan the run works on:
 * for references that hold no id, and for ids that no record of the source has.
 */
public final class CreatedCandidates {
    private final RunContext run;
    private final TableName unit;
    private final List<Referring> tables;
    private final FamilyRecords existing;

    /** A table whose references create records. */
    private record Referring(
            TablePlan plan, RecordMapping mapping, CreatedParents parents, Optional<RecordMapping> ofRun) {
        boolean isOfPart(Map<String, AttributeValue> record) {
            return ofRun.filter(mapping -> mapping.includes(record)).isPresent();
        }

        /** Tells records apart that may yet be merged into others. */
        Optional<Identity> by(Map<String, AttributeValue> record) {
            return plan.merge()
                    .flatMap(merge -> merge.matching())
                    .flatMap(_ -> mapping.ownId(record))
                    .map(id -> new Identity(plan.family(), id));
        }
    }

    /** What is needed, and whether the reference holds no id. */
    private record Needed(Parent parent, boolean absent, TableName from, Optional<Identity> by, boolean ofPart) {
        CreatedCandidate candidate() {
            return new CreatedCandidate(Created.of(parent, from, absent), by, ofPart);
        }

        /** Of numbers, few enough exist that one which is derived may be another record's. */
        boolean isLookedForLater() {
            return absent && parent.id().type() == KeyType.N;
        }
    }

    /** @param unit whose records are read */
    public CreatedCandidates(RunContext run, TableName unit, Source source, Concurrency concurrency) {
        this.run = run;
        this.unit = unit;
        this.tables = run.known().tables().stream()
                .filter(table -> table.unit().equals(unit) && table.creates())
                .map(table ->
                        new Referring(table, run.mappingOfAll(table.name()), parents(run, table), ofRun(run, table)))
                .toList();
        this.existing = FamilyRecords.ofSource(run, source, concurrency);
    }

    /** Empty if the run does not work on the table. */
    private static Optional<RecordMapping> ofRun(RunContext run, TablePlan table) {
        return Optional.of(table.name())
                .filter(run.manifest().tables()::containsKey)
                .map(run::mapping);
    }

    private static CreatedParents parents(RunContext run, TablePlan table) {
        return CreatedParents.of(run.known(), table, run.sources(), run.families());
    }

    /**
     * Writes down what {@code records}, which make up a page, need.
     *
     * @return read units of the records that were looked up
     */
    public long write(List<Map<String, AttributeValue>> records, PageLines lines) {
        if (tables.isEmpty()) {
            return 0;
        }
        var page = read(records);
        lines.write(run.folder().referredBefore(), page.referring());
        lines.write(run.folder().createdCandidates(), page.candidates());
        return page.units();
    }

    /**
     * What a page needs.
     *
     * @param referring references to records that the source does not have, in a table that is changed in place
     * @param units read units of the records that were looked up
     */
    private record OfPage(Set<CreatedCandidate> candidates, List<Reference> referring, long units) {}

    /** What {@code records}, which are of this physical table and may be created themselves, need. */
    Set<CreatedCandidate> of(List<Map<String, AttributeValue>> records) {
        return tables.isEmpty() ? Set.of() : read(records).candidates();
    }

    private OfPage read(List<Map<String, AttributeValue>> records) {
        var needed = new LinkedHashMap<Needed, List<Reference>>();
        records.forEach(record -> tables.forEach(table -> needed(table, record).forEach(one -> {
            var referring = needed.computeIfAbsent(one, _ -> new ArrayList<>());
            if (!one.absent() && table.plan().isInPlace()) {
                var key = run.manifest().shapes(unit).source().keyOf(record);
                referring.add(
                        Reference.of(table.plan().name(), key, one.parent().id()));
            }
        })));
        var wanted = new LinkedHashMap<FamilyName, Set<OldId>>();
        needed.keySet().stream()
                .filter(one -> !one.isLookedForLater())
                .forEach(one -> wanted.computeIfAbsent(one.parent().family(), _ -> new LinkedHashSet<>())
                        .add(one.parent().id()));
        var units = new LongAdder();
        wanted.replaceAll((family, ids) -> existing.taken(family, ids, units::add));
        needed.keySet()
                .removeIf(one -> wanted.getOrDefault(one.parent().family(), Set.of())
                        .contains(one.parent().id()));
        return new OfPage(
                needed.keySet().stream().map(Needed::candidate).collect(Collectors.toCollection(LinkedHashSet::new)),
                needed.values().stream().flatMap(List::stream).toList(),
                units.sum());
    }

    private static Set<Needed> needed(Referring table, Map<String, AttributeValue> record) {
        var needed = new LinkedHashSet<Needed>();
        try {
            if (!Kinds.belongs(record, table.plan()) || !table.mapping().includes(record)) {
                return Set.of();
            }
            var derived = new HashSet<OldId>();
            var by = table.by(record);
            boolean ofPart = table.isOfPart(record);
            for (var parent : table.parents().ofAbsent(record)) {
                derived.add(parent.id());
                needed.add(new Needed(parent, true, table.plan().name(), by, ofPart));
            }
            if (table.parents().createsForOrphans()) {
                for (var use : table.mapping().references(record)) {
                    if (use instanceof ReferenceUse.Used used && !derived.contains(used.id())) {
                        table.parents()
                                .ofOrphan(used)
                                .ifPresent(parent -> needed.add(
                                        new Needed(parent, false, table.plan().name(), by, ofPart)));
                    }
                }
            }
        } catch (UnmappableException _) {
            // It is found again when the record is mapped.
            return Set.of();
        }
        return needed;
    }
}
