package dev.rekey.engine.prepare;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.KeyRole;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.WorkItem;
import java.util.List;
import java.util.Optional;

/** Lays out what a rollback undoes: every table of the run, or one. */
record UndoLists(Documents documents, Manifest manifest, Plan plan) {

    /** Why {@code table} cannot be undone without the others; empty if it can. */
    Optional<String> whyNotAlone(String table) {
        var name = new TableName(table);
        if (!manifest.tables().containsKey(name)) {
            return Optional.of(
                    "Cannot roll back table %s of run %s: the run has no such table. Nothing was changed. Choose one of %s."
                            .formatted(
                                    table,
                                    manifest.run(),
                                    manifest.tables().keySet().stream().sorted().toList()));
        }
        var referring = plan.tables().stream()
                .filter(other -> !other.name().equals(name) && refersTo(other, plan.table(name)))
                .map(TablePlan::name)
                .toList();
        return referring.isEmpty()
                ? Optional.empty()
                : Optional.of(("Cannot roll back table %s of run %s alone: records of %s refer to its records and would"
                                + " dangle. Nothing was changed. Roll back the whole run, or those tables first.")
                        .formatted(table, manifest.run(), referring));
    }

    /** Writes the list of each level for the execution {@code task}. */
    void write(RunId task, Optional<String> only) {
        var folder = new RunFolder(manifest.run());
        for (int level = 1; level <= manifest.levels().size(); level++) {
            int number = level;
            List<WorkItem> items = manifest.level(level).stream()
                    .filter(name -> only.isEmpty() || only.get().equals(name.value()))
                    .flatMap(name ->
                            WorkItem.segments(
                                    name, WorkItem.SOURCE, manifest.table(name).segments(), number)
                                    .stream())
                    .toList();
            documents.put(folder.work("undo-" + task + "-" + level), items);
        }
    }

    private static boolean refersTo(TablePlan table, TablePlan referred) {
        return table.references().stream()
                        .anyMatch(reference -> reference.family().equals(referred.family()))
                || table.key().values().stream()
                        .anyMatch(role -> role instanceof KeyRole.Refers refers
                                && refers.family().equals(referred.family()));
    }
}
