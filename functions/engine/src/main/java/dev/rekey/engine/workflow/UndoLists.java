package dev.rekey.engine.workflow;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Levels;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays out what a rollback undoes: every table of the run, or one, or one and those that refer to it. */
public record UndoLists(Documents documents, Manifest manifest, Plan plan) {

    /** Why the run has nothing to undo; empty if it may have. */
    public Optional<String> nothingToUndo(Control control, Drift drift) {
        var phase = control.phase();
        // A run that has not written yet, but was left unfinished, still holds its locks.
        if (phase.mayHaveWritten() || phase.isUnfinished()) {
            return Optional.empty();
        }
        var last = control.undoing();
        if (phase != Phase.ROLLED_BACK || left(last.stage(), "").allMatch(List::isEmpty)) {
            return Optional.of(
                    "Cannot roll back run %s: it is %s and has written nothing that remains in the target. Nothing was changed. No action is needed."
                            .formatted(manifest.run(), phase.phrase()));
        }
        return drift == Drift.OVERWRITE
                ? Optional.empty()
                : Optional.of(
                        "Cannot roll back run %s: it is already rolled back, except records that %s; the report of that rollback lists them. Nothing was changed. To restore these too: rekey rollback --run %1$s --drift overwrite."
                                .formatted(
                                        manifest.run(),
                                        switch (last.drift()) {
                                            case KEEP -> "others had changed or refer to";
                                            case OVERWRITE -> "could not be restored or that others refer to";
                                        }));
    }

    /**
     * Whether {@code asked} would find nothing to do: the run, or just this part of it, is rolled back already, but for what was
     * left alone, or it wrote no such record.
     */
    public boolean hasNothingOf(Undoing asked, Control control) {
        if (nothingToUndo(control, asked.drift()).isPresent()) {
            return true;
        }
        if (asked.table()
                .map(TableName::new)
                .filter(table -> !manifest.tables().containsKey(table))
                .isPresent()) {
            return true;
        }
        var tables = tables(asked);
        return (control.phase() == Phase.MIGRATED
                        && following(control, asked).undone().containsAll(tables))
                || !new UndoScope(documents, manifest).mayHoldAny(asked, tables);
    }

    /** {@code asked} as it goes on with the rollback that is under way, or as it begins after the last one. */
    public Undoing following(Control control, Undoing asked) {
        var last = control.undoing();
        var all = asked.of(tables(asked));
        // A rollback that goes on counts what it did before; one that begins does not count what others did.
        if (control.phase() == Phase.ROLLING_BACK && last.isSameWorkAs(all)) {
            return all.goingOn(last);
        }
        var next = hasBegun(last) ? all.next(last) : all.goingOn(last);
        return next.without(manifest.tables().keySet().stream()
                .filter(table -> isUndone(table, List.of(next.stage()))
                        || (isUndone(table, last.ofAllValues()) && left(last, table) == 0))
                .collect(Collectors.toSet()));
    }

    private boolean hasBegun(Undoing last) {
        var folder = new RunFolder(manifest.run());
        return last.leavesTheRest()
                || !documents.list(folder.checkpointPrefix(last.stage())).isEmpty();
    }

    /** How many records of a table the rollbacks until {@code last} have left alone. */
    public long left(Undoing last, TableName table) {
        return last.ofAllValues().reversed().stream()
                .filter(stage -> isUndone(table, List.of(stage)))
                .findFirst()
                .map(stage -> left(stage, table + "/").mapToLong(List::size).sum())
                .orElse(0L);
    }

    /** @param of what the names of the lists begin with */
    private Stream<List<String>> left(Stage stage, String of) {
        var folder = new RunFolder(manifest.run());
        return documents.list(folder.key(stage.listOfLeft() + of).name()).stream()
                .filter(list -> stage.wrote(list.name()))
                .map(list -> List.of(documents.get(list, String[].class).value()));
    }

    /**
     * Why another run has to be undone before {@code undoing}; empty if none has. Reads what this run and later ones have
     * logged.
     */
    public Optional<String> laterRun(Undoing undoing) {
        return laterRun(Action.ROLLBACK, undoing, new LaterRuns(documents));
    }

    Optional<String> laterRun(Action action, Undoing undoing, LaterRuns runs) {
        return runs.firstThatWroteTheSame(new LaterRuns.Part(manifest, tables(undoing), undoing.where()))
                .map(later -> ("Cannot %s run %s: run %s is newer and wrote the same records."
                                + " Nothing was changed. Roll back the later run%s first: rekey rollback --run %s%s")
                        .formatted(
                                action.verb(),
                                manifest.run(),
                                later,
                                undoing.leavesTheRest() ? ", or just this part of it," : "",
                                later,
                                part(undoing)));
    }

    /** The options that choose the part, with a blank before each. */
    private static String part(Undoing undoing) {
        return undoing.table().map(table -> " --table " + table).orElse("")
                + (undoing.cascade() ? " --cascade" : "")
                + undoing.where().entrySet().stream()
                        .map(one -> " --where " + one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining());
    }

    /** Why {@code undoing} cannot be done; empty if it can. */
    public Optional<String> whyNot(Undoing undoing, Control control) {
        return undoing.table()
                .flatMap(this::unknown)
                .or(() -> undoing.leavesTheRest() ? notInPart(undoing, control) : Optional.empty())
                .or(() -> undoing.where().isEmpty() ? Optional.empty() : notByValue(undoing))
                .or(() -> undoing.cascade()
                        ? Optional.empty()
                        : undoing.table().flatMap(table -> dangling(table, control)));
    }

    private Optional<String> unknown(String table) {
        var name = new TableName(table);
        return manifest.named().contains(name)
                ? Optional.empty()
                : Optional.of(
                        "Cannot roll back table %s of run %s: the run has no such table. Nothing was changed. Use one of: %s."
                                .formatted(table, manifest.run(), Wording.list(manifest.named())));
    }

    /** A run of which a part was rolled back counts as migrated again: so it has to be whole before. */
    private Optional<String> notInPart(Undoing undoing, Control control) {
        var phase = control.phase();
        var last = control.undoing();
        boolean goesOn = phase == Phase.ROLLING_BACK
                && last.table().equals(undoing.table())
                && last.where().equals(undoing.where());
        return phase == Phase.MIGRATED || goesOn
                ? Optional.empty()
                : Optional.of(("Cannot roll back %s of run %s alone: the run is %s, not migrated. Nothing was"
                                + " changed. Roll back the whole run: rekey rollback --run %s.")
                        .formatted(
                                undoing.table().map(table -> "table " + table).orElse("a part"),
                                manifest.run(),
                                phase.phrase(),
                                manifest.run()));
    }

    private Optional<String> notByValue(Undoing undoing) {
        if (undoing.drift() == Drift.OVERWRITE) {
            return Optional.of(
                    "Cannot roll back a part of run %s with drift overwrite: records are chosen by what they were before the run, not by what others made of them. Nothing was changed. Omit --where or --drift."
                            .formatted(manifest.run()));
        }
        var copied = tables(undoing).stream()
                .filter(table -> !plan.table(table).isInPlace())
                .sorted()
                .toList();
        return copied.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Cannot roll back a part of run %s with --where: it copied %s, and references to the records that are removed would dangle. Nothing was changed. %sRoll back whole tables with --table, or the whole run."
                                .formatted(manifest.run(), Wording.list(copied), inPlace(undoing)));
    }

    /** What {@code --where} can be used for; empty if for nothing. */
    private String inPlace(Undoing undoing) {
        var changed = tables(undoing).stream()
                .filter(table -> plan.table(table).isInPlace())
                .map(TableName::named)
                .distinct()
                .sorted()
                .toList();
        return changed.isEmpty()
                ? ""
                : "Add --table with a table that was changed in place: " + Wording.list(changed) + ". ";
    }

    private Optional<String> dangling(String name, Control control) {
        var table = new TableName(name);
        // Where records are changed in place, their keys stay.
        if (plan.table(table).isInPlace()) {
            return Optional.empty();
        }
        var referring = referringTo(table)
                .filter(other -> !other.isPart() && !isUndone(other, control))
                .sorted()
                .toList();
        return referring.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("Cannot roll back table %s of run %s alone: records of %s refer to its records and would have dangling references. Nothing was changed. Roll back those tables too:"
                                        + " rekey rollback --run %s --table %s --cascade, or the whole run.")
                                .formatted(table, manifest.run(), Wording.list(referring), manifest.run(), table));
    }

    /** What the names of the lists of the execution {@code task} begin with; the number of the level follows. */
    public static String prefix(RunId task) {
        return "undo-" + task + "-";
    }

    /**
     * Writes the list of each level for the execution {@code task}.
     *
     * @return the levels without work, which have no list: no Distributed Map is begun over an empty one
     */
    List<Integer> write(RunId task, Undoing undoing) {
        var lists = new TreeMap<Integer, List<WorkItem>>();
        var tables = tables(undoing);
        for (int level = 1; level <= manifest.levels().size(); level++) {
            lists.put(level, ofLevel(level, tables));
        }
        if (manifest.lowestUndone() == WorkLists.CREATED) {
            var created = tables.stream().filter(TableName::isCreated).collect(Collectors.toSet());
            lists.put(WorkLists.REFERRING, WorkLists.referring(manifest, plan, created));
            lists.put(WorkLists.CREATED, WorkLists.created(manifest, created));
        }
        var folder = new RunFolder(manifest.run());
        var byWork = lists.entrySet().stream()
                .collect(Collectors.partitioningBy(list -> list.getValue().isEmpty()));
        byWork.get(false).forEach(list -> documents.put(folder.work(prefix(task) + list.getKey()), list.getValue()));
        return byWork.get(true).stream().map(Map.Entry::getKey).toList();
    }

    private List<WorkItem> ofLevel(int level, Set<TableName> tables) {
        return manifest.level(level).stream()
                .filter(tables::contains)
                .map(manifest::unit)
                .distinct()
                .flatMap(name ->
                        WorkItem.segments(
                                name, WorkItem.SOURCE, manifest.table(name).allSegments(), level)
                                .stream())
                .toList();
    }

    /** The tables that are undone. */
    public Set<TableName> tables(Undoing undoing) {
        if (undoing.table().isEmpty()) {
            return undoing.where().isEmpty() ? manifest.tables().keySet() : withoutCreated();
        }
        var tables = new TreeSet<TableName>();
        var next = new ArrayDeque<>(List.of(new TableName(undoing.table().get())));
        while (!next.isEmpty()) {
            var table = next.remove();
            if (tables.add(table) && undoing.cascade()) {
                referringTo(table).forEach(next::add);
            }
        }
        // What says that records are merged away goes with the table, and so do those that are created or deleted in
        // it.
        List.copyOf(tables).stream()
                .flatMap(one -> Stream.of(one.mergedAway(), one.created(), one.gone()))
                .filter(manifest.tables()::containsKey)
                .forEach(tables::add);
        if (!undoing.where().isEmpty()) {
            tables.removeIf(TableName::isCreated);
        }
        return tables;
    }

    /** What is created stays until the whole run or its table is rolled back: records of other values may refer to it. */
    private Set<TableName> withoutCreated() {
        return manifest.tables().keySet().stream()
                .filter(table -> !table.isCreated())
                .collect(Collectors.toSet());
    }

    /**
     * The tables that are undone in the segments of {@code unit}, which holds the log of all of them. The unit itself comes
     * last: a segment of it that is done is done for all.
     */
    List<TableName> tables(Undoing undoing, TableName unit) {
        var sharing = manifest.sharing(unit);
        if (sharing.size() == 1) {
            return sharing;
        }
        var undone = tables(undoing);
        return sharing.stream()
                .filter(undone::contains)
                .sorted(Comparator.comparing(unit::equals))
                .toList();
    }

    private Stream<TableName> referringTo(TableName table) {
        return Levels.referring(plan, table).stream()
                .filter(manifest.tables()::containsKey)
                .filter(other -> !other.equals(table));
    }

    /** The tables that the rollbacks until {@code last} have gone through, whatever values their records had. */
    public Set<TableName> undone(Undoing last) {
        return manifest.tables().keySet().stream()
                .filter(table -> isUndone(table, last.ofAllValues()))
                .collect(Collectors.toSet());
    }

    /** Whether nothing that the run wrote to the table can stand there any more, but for drift. */
    private boolean isUndone(TableName table, Control control) {
        return new UndoLog(documents, new RunFolder(manifest.run())).isEmpty(manifest.unit(table))
                || isUndone(table, control.undoing().ofAllValues());
    }

    private boolean isUndone(TableName table, List<Stage> stages) {
        var folder = new RunFolder(manifest.run());
        return Segment.all(manifest.table(table).allSegments()).stream()
                .allMatch(segment -> stages.stream()
                        .map(stage -> folder.checkpoint(stage, table, segment))
                        .flatMap(key -> documents.find(key, Checkpoint.class).stream())
                        .anyMatch(found -> found.value().done()));
    }
}
