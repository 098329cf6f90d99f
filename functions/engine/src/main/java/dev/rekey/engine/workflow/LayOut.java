package dev.rekey.engine.workflow;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Levels;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.Probe;
import dev.rekey.engine.run.Manifest.Segments;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.scan.FrozenFiles;
import dev.rekey.engine.scan.Paced;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.Sides;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays out the work of a run: levels, segments, partitions, and the lists that the Distributed Maps read. */
final class LayOut {
    /** One partition of the joins for so many records. */
    private static final long RECORDS_PER_PARTITION = 200_000;

    private static final int MOST_PARTITIONS = 2_000;

    private final Documents documents;
    private final Sides sides;
    private final FrozenFiles files;
    private final Invocation invocation;

    LayOut(Documents documents, Sides sides, FrozenFiles files, Invocation invocation) {
        this.documents = documents;
        this.sides = sides;
        this.files = files;
        this.invocation = invocation;
    }

    /** @param gone tables of which records are deleted, by their names in the plan */
    Manifest layOut(
            Request request, Plan plan, Map<TableName, Shapes> shapes, List<RunId> earlier, Set<TableName> gone) {
        var records = worked(request, plan);
        var levels = new ArrayList<>(withCreated(plan, Levels.of(records)));
        var mergedAway = mergedAway(request, plan, records);
        var last = Stream.concat(mergedAway.stream(), gone.stream().map(TableName::gone))
                .sorted()
                .toList();
        if (!last.isEmpty()) {
            // What says that a record is merged away, and what deletes it, comes when nothing points to it any more.
            levels.add(last);
        }
        var part = plan.withParts()
                .only(Set.copyOf(levels.stream().flatMap(List::stream).toList()));
        var tables = tables(request, part, levels, shapes);
        long estimate =
                tables.values().stream().mapToLong(TableOfRun::estimatedRecords).sum();
        var manifest = new Manifest(
                1,
                new Manifest.Origin(
                        request.task(),
                        request.action().word(),
                        request.execution(),
                        request.startedAt(),
                        plan.name(),
                        plan.fingerprint(),
                        // Where anything is changed in place, nothing is taken back unasked.
                        part.changesInPlace()
                                ? request.options().orOnFailure(OnFailure.USUAL_IN_PLACE)
                                : request.options(),
                        request.by().caller()),
                levels,
                tables,
                beside(plan, part, shapes),
                (int) Math.min(MOST_PARTITIONS, estimate / RECORDS_PER_PARTITION + 1),
                earlier);
        var folder = new RunFolder(request.task());
        var key = folder.manifest();
        if (request.action() == Action.MIGRATE) {
            documents.putBytes(folder.ofPlan(plan.name()), new byte[0]);
        }
        // Of two attempts at one preparation the first decides: the other goes on with what it froze.
        return switch (documents.create(key, manifest)) {
            case PutOutcome.Done _ -> manifest;
            case PutOutcome.ConditionFailed _ ->
                documents.get(key, Manifest.class).value();
        };
    }

    /** Tables outside of the run's scope, whose records those in the scope may refer to. */
    private static Map<TableName, Shapes> beside(Plan plan, Plan part, Map<TableName, Shapes> shapes) {
        var beside = new HashMap<TableName, Shapes>();
        plan.tables().stream()
                .map(TablePlan::name)
                .filter(name -> !part.has(name))
                .forEach(name -> beside.put(name, shapes.get(name)));
        return beside;
    }

    /** What of the plan the run works on: a test locks only the tables that its records can be in. */
    private static Plan worked(Request request, Plan plan) {
        var scope = request.options().scope();
        var inScope = plan.tables().stream()
                .filter(table ->
                        scope.includes(table.name()) || (table.isRest() && sharesWithScope(plan, table, scope)))
                .map(TablePlan::name)
                .collect(Collectors.toSet());
        return request.options()
                .table()
                .map(TableName::new)
                .filter(table -> request.action() == Action.TEST && plan.has(table))
                .map(table -> plan.only(Levels.reachable(plan, table)))
                .orElseGet(() -> plan.only(inScope));
    }

    /**
     * The parts of tables that hold records which are merged away. Without those whose records may still be pointed to when
     * the run ends: by records that the run does not work on, unless they are left out on purpose.
     */
    private static List<TableName> mergedAway(Request request, Plan plan, Plan worked) {
        var scope = request.options().scope();
        if (request.action() == Action.TEST || !scope.where().isEmpty()) {
            return List.of();
        }
        return worked.tables().stream()
                .filter(table -> table.mergedAway().isPresent())
                .map(TablePlan::name)
                .filter(table -> Levels.referring(plan, table).stream()
                        .allMatch(other -> worked.has(other) || scope.without().contains(other)))
                .map(TableName::mergedAway)
                .sorted()
                .toList();
    }

    /** With the parts of tables that hold records which are created: each in the level of its table. */
    private static List<List<TableName>> withCreated(Plan plan, List<List<TableName>> levels) {
        var created = plan.createdInto().stream().map(TablePlan::name).collect(Collectors.toSet());
        return levels.stream()
                .map(level -> Stream.concat(
                                level.stream(),
                                level.stream().filter(created::contains).map(TableName::created))
                        .sorted()
                        .toList())
                .toList();
    }

    /** A physical table that several tables share is read under its own name, whichever of them are in the scope. */
    private static boolean sharesWithScope(Plan plan, TablePlan rest, Scope scope) {
        return plan.tables().stream()
                .anyMatch(table -> table.unit().equals(rest.name()) && scope.includes(table.name()));
    }

    private Map<TableName, TableOfRun> tables(
            Request request, Plan plan, List<List<TableName>> levels, Map<TableName, Shapes> shapes) {
        // A test works on single records, not on segments: it need not know how many there are.
        boolean single = request.action() == Action.TEST;
        var sourceEstimates = single ? unknown(plan) : probe(plan, shapes, true);
        var targetEstimates = single ? unknown(plan) : probe(plan, shapes, false);
        var levelOf = new HashMap<TableName, Integer>();
        for (int i = 0; i < levels.size(); i++) {
            int level = i + 1;
            levels.get(i).forEach(name -> levelOf.put(name, level));
        }
        var tables = new HashMap<TableName, TableOfRun>();
        for (var table : plan.tables()) {
            var name = table.name();
            if (name.isCreated()) {
                continue;
            }
            if (name.isGone()) {
                var of = shapes.get(name.named());
                tables.put(name, part(levels.size(), of.source(), of.target(), false));
                continue;
            }
            if (name.isMergedAway()) {
                var shape = shapes.get(name.named()).source();
                tables.put(name, part(levels.size(), shape, shape, false));
                continue;
            }
            var from = sourceEstimates.get(table.unit());
            var into = table.isInPlace() ? from : targetEstimates.get(table.unit());
            if (plan.has(name.created())) {
                tables.put(
                        name.created(),
                        part(
                                levelOf.get(name),
                                shapes.get(name).source(),
                                shapes.get(name).target(),
                                !single && !table.isInPlace() && into.records() == 0));
            }
            tables.put(
                    name,
                    new TableOfRun(
                            levelOf.get(name),
                            shapes.get(name).source(),
                            shapes.get(name).target(),
                            new Segments(from.segments()),
                            new Segments(Math.max(from.segments(), into.segments())),
                            new Probe(
                                    !single && !table.isInPlace() && into.records() == 0, from.records(), from.bytes()),
                            Optional.of(table.unit()).filter(unit -> !unit.equals(name))));
        }
        return tables;
    }

    /** Its records are named one by one: it is not known yet how many there are, and they are few. */
    private static TableOfRun part(int level, TableShape source, TableShape target, boolean targetWasEmpty) {
        return new TableOfRun(level, source, target, new Segments(1), new Segments(1), new Probe(targetWasEmpty, 0, 0));
    }

    private static Map<TableName, Estimate> unknown(Plan plan) {
        return plan.tables().stream().collect(Collectors.toMap(TablePlan::name, _ -> new Estimate(0, 0, 1)));
    }

    /** What is changed in place is written where it is read, so there is nothing more to learn of a target. */
    private Map<TableName, Estimate> probe(Plan plan, Map<TableName, Shapes> shapes, boolean source) {
        var tables = new Sources(sides, invocation)
                .of(
                        source ? plan.source() : plan.target(),
                        Paced.NOT,
                        () -> files.of(plan, name -> shapes.get(name).source()));
        var probed = plan.whole().stream()
                .filter(table -> table.unit().equals(table.name()))
                .filter(table -> source || !table.isInPlace())
                .toList();
        var work = probed.stream()
                .<Supplier<Estimate>>map(table -> () -> tables.divide(physical(table, source)))
                .toList();
        var estimates = invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE);
        var byName = new HashMap<TableName, Estimate>();
        for (int i = 0; i < estimates.size(); i++) {
            byName.put(probed.get(i).name(), estimates.get(i));
        }
        return byName;
    }

    private static PhysicalTable physical(TablePlan table, boolean source) {
        return source ? table.source() : table.target();
    }
}
