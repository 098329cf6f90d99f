package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.item.Wording;
import dev.rekey.core.mapping.CreatedParents;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.FamilyRecords.FamilyRecord;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records and everything they reference, directly or not. */
final class Closure {
    private static final int LARGEST = 5;

    private final RunContext run;
    private final FamilyRecords source;
    private final FamilyRecords target;
    private final Map<TableName, RecordMapping> mappings = new HashMap<>();
    private final Map<TableName, Map<Key, Map<String, AttributeValue>>> records = new LinkedHashMap<>();
    private final Set<Identity> orphans = new HashSet<>();
    private final List<Created> created = new ArrayList<>();
    private final Set<Identity> followed = new HashSet<>();
    private final ArrayDeque<FamilyRecord> open = new ArrayDeque<>();
    private Optional<FamilyRecord> asked = Optional.empty();
    private int size;

    Closure(RunContext run, FamilyRecords source, FamilyRecords target) {
        this.run = run;
        this.source = source;
        this.target = target;
    }

    /** Collects the closure of {@code first}; empty if all is well. */
    Optional<Failure> collect(List<FamilyRecord> first) {
        asked = Optional.of(first.getFirst());
        first.forEach(this::add);
        while (!open.isEmpty()) {
            var found = open.remove();
            var needed = needed(found);
            for (var use : mapping(found.table()).references(found.record())) {
                var failure = switch (use) {
                    case ReferenceUse.Used used -> follow(used, found.table(), needed);
                    case ReferenceUse.Empty _ -> Optional.<Failure>empty();
                    case ReferenceUse.Unusable bad ->
                        Optional.of(
                                failure(found.table(), bad.id(), "the reference " + bad.path() + " " + bad.message()));
                };
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    List<Map<String, AttributeValue>> records(TableName table) {
        return List.copyOf(records.getOrDefault(table, Map.of()).values());
    }

    /** Those of the records that do not exist yet. */
    FrozenCreated created() {
        return new FrozenCreated(created);
    }

    Set<Identity> orphans() {
        return orphans;
    }

    int size() {
        return size;
    }

    /** A reference may need several records, or none. */
    private Optional<Failure> follow(
            ReferenceUse.Used reference, TableName from, Function<ReferenceUse.Used, Optional<Created>> needed) {
        return run.needed(reference).stream()
                .flatMap(use -> followOne(use, from, needed).stream())
                .findFirst();
    }

    private Failure tooLarge() {
        var record = asked.orElseThrow();
        return Failure.in(
                record.table(),
                "test.closure-limit",
                "Cannot test the record %s of %s: with what it refers to, directly or indirectly, it is more than %s (closureLimit): %s. No table was written to. Test a record of another table, or raise closureLimit in the plan."
                        .formatted(
                                TypedJson.text(run.manifest()
                                        .table(record.table())
                                        .source()
                                        .keyOf(record.record())
                                        .attributes()),
                                record.table(),
                                Wording.count(run.plan().closureLimit(), "record"),
                                largest()));
    }

    /** The tables with most of the records, with their numbers. */
    private String largest() {
        int more = records.size() - LARGEST;
        var named = Wording.list(records.entrySet().stream()
                .sorted(Comparator.comparingInt(table -> -table.getValue().size()))
                .limit(LARGEST)
                .map(table ->
                        table.getKey() + " (" + Wording.count(table.getValue().size()) + ")")
                .toList());
        return named + (more > 0 ? " and " + Wording.count(more, "more table") : "");
    }

    /** What is created if a reference of {@code found} leads to no record. */
    private Function<ReferenceUse.Used, Optional<Created>> needed(FamilyRecord found) {
        var table = run.plan().table(found.table());
        if (!table.creates()) {
            return _ -> Optional.empty();
        }
        var parents = CreatedParents.of(run.known(), table, run.sources(), run.families());
        var absent = parents.ofAbsent(found.record());
        return use -> absent.stream()
                .filter(one -> one.family().equals(use.family()) && one.id().equals(use.id()))
                .findFirst()
                .map(one -> Created.of(one, found.table().named(), true))
                .or(() -> parents.ofOrphan(use)
                        .map(one -> Created.of(one, found.table().named(), false)));
    }

    private Optional<Failure> followOne(
            ReferenceUse.Used use, TableName from, Function<ReferenceUse.Used, Optional<Created>> needed) {
        var identity = new Identity(use.family(), use.id());
        if (!followed.add(identity)) {
            return orphans.contains(identity) ? orphan(use, from) : Optional.empty();
        }
        var found = new ArrayList<>(
                source.of(use.family(), use.id().value(), run.plan().closureLimit()));
        found.removeIf(one -> !mapping(one.table()).includes(one.record()));
        found.forEach(this::add);
        if (size > run.plan().closureLimit()) {
            return Optional.of(tooLarge());
        }
        if (found.isEmpty() && !isInTarget(use.family(), use.id())) {
            var parent = needed.apply(use).filter(this::isIncluded);
            if (parent.isPresent()) {
                created.add(parent.get());
                add(new FamilyRecord(
                        parent.get().table().created(), parent.get().attributes()));
                return Optional.empty();
            }
            orphans.add(identity);
            return orphan(use, from);
        }
        return Optional.empty();
    }

    /** Whether the run works on the table that the record is created in, and the table takes it. */
    private boolean isIncluded(Created parent) {
        var table = parent.table().created();
        return run.manifest().tables().containsKey(table) && mapping(table).includes(parent.attributes());
    }

    private static Optional<Failure> orphan(ReferenceUse.Used use, TableName from) {
        return use.onOrphan() == OnOrphan.FAIL || use.onOrphan() == OnOrphan.CREATE
                ? Optional.of(failure(
                        from,
                        "reference.orphan",
                        "the reference %s points to no record of %s: %s"
                                .formatted(use.path(), use.family(), use.id().canonical())))
                : Optional.empty();
    }

    private boolean isInTarget(FamilyName family, OldId id) {
        return !target.of(family, run.families().rule(family).resulting(id).value(), 1)
                .isEmpty();
    }

    private void add(FamilyRecord found) {
        var shape = run.manifest().table(found.table()).source();
        var ofTable = records.computeIfAbsent(found.table(), table -> new LinkedHashMap<>());
        if (ofTable.putIfAbsent(shape.keyOf(found.record()), found.record()) == null) {
            size++;
            open.add(found);
        }
    }

    private RecordMapping mapping(TableName table) {
        return mappings.computeIfAbsent(table, run::mapping);
    }

    private static Failure failure(TableName table, String id, String fact) {
        return Failure.in(
                table,
                id,
                "Cannot test a record of " + table + ": " + fact
                        + ". No table was written to. Correct the source or the plan, then test again.");
    }
}
