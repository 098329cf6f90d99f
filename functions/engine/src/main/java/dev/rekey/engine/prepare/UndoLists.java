package dev.rekey.engine.prepare;

import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.KeyRole;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.undo.PageLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lays out what a rollback undoes: every table of the run, or one, or one and those that refer to it. */
record UndoLists(Documents documents, Manifest manifest, Plan plan) {

    /** Why {@code undoing} cannot be done; empty if it can. */
    Optional<String> whyNot(Undoing undoing, Control control) {
        return undoing.table().flatMap(table -> {
            if (!manifest.tables().containsKey(new TableName(table))) {
                return Optional.of(
                        "Cannot roll back table %s of run %s: the run has no such table. Nothing was changed. Choose one of %s."
                                .formatted(
                                        table,
                                        manifest.run(),
                                        new TreeSet<>(manifest.tables().keySet())));
            }
            return notInPart(table, control)
                    .or(() -> undoing.cascade() ? Optional.empty() : dangling(new TableName(table)));
        });
    }

    /** A run of which one table was rolled back counts as migrated again: so it has to be whole before. */
    private Optional<String> notInPart(String table, Control control) {
        var phase = control.phase();
        boolean goesOn = phase == Phase.ROLLING_BACK
                && control.undoing().table().filter(table::equals).isPresent();
        return phase == Phase.MIGRATED || goesOn
                ? Optional.empty()
                : Optional.of(("Cannot roll back table %s of run %s alone: the run is %s, not migrated. Nothing was"
                                + " changed. Roll back the whole run: rekey rollback --run %s.")
                        .formatted(table, manifest.run(), PrepareRun.word(phase), manifest.run()));
    }

    private Optional<String> dangling(TableName table) {
        var referring =
                referringTo(table).filter(other -> !isUndone(other)).sorted().toList();
        return referring.isEmpty()
                ? Optional.empty()
                : Optional.of(("Cannot roll back table %s of run %s alone: records of %s refer to its records and would"
                                + " dangle. Nothing was changed. Roll back those tables too:"
                                + " rekey rollback --run %s --table %s --cascade, or the whole run.")
                        .formatted(table, manifest.run(), referring, manifest.run(), table));
    }

    /** Writes the list of each level for the execution {@code task}. */
    void write(RunId task, Undoing undoing) {
        var folder = new RunFolder(manifest.run());
        var tables = tables(undoing);
        for (int level = 1; level <= manifest.levels().size(); level++) {
            int number = level;
            List<WorkItem> items = manifest.level(level).stream()
                    .filter(tables::contains)
                    .flatMap(name ->
                            WorkItem.segments(
                                    name, WorkItem.SOURCE, manifest.table(name).segments(), number)
                                    .stream())
                    .toList();
            documents.put(folder.work("undo-" + task + "-" + level), items);
        }
    }

    private Set<TableName> tables(Undoing undoing) {
        if (undoing.table().isEmpty()) {
            return manifest.tables().keySet();
        }
        var tables = new TreeSet<TableName>();
        var next = new ArrayDeque<>(List.of(new TableName(undoing.table().get())));
        while (!next.isEmpty()) {
            var table = next.remove();
            if (tables.add(table) && undoing.cascade()) {
                referringTo(table).forEach(next::add);
            }
        }
        return tables;
    }

    private Stream<TableName> referringTo(TableName table) {
        return plan.tables().stream()
                .filter(other -> !other.name().equals(table) && refersTo(other, plan.table(table)))
                .map(TablePlan::name);
    }

    /** Whether nothing that the run wrote to the table can stand there any more, but for drift. */
    private boolean isUndone(TableName table) {
        int segments = manifest.table(table).segments();
        var folder = new RunFolder(manifest.run());
        return new PageLog(documents, folder).pages(table).isEmpty()
                || IntStream.range(0, segments)
                        .mapToObj(index -> new Segment(index, segments))
                        .allMatch(segment -> Stream.of(Stage.ROLLBACK, Stage.OVERWRITE)
                                .map(stage -> folder.checkpoint(stage, table, segment))
                                .flatMap(key -> documents.find(key, Checkpoint.class).stream())
                                .anyMatch(found -> found.value().done()));
    }

    private static boolean refersTo(TablePlan table, TablePlan referred) {
        return table.references().stream()
                        .anyMatch(reference -> reference.family().equals(referred.family()))
                || table.key().values().stream()
                        .anyMatch(role -> role instanceof KeyRole.Refers refers
                                && refers.family().equals(referred.family()));
    }
}
