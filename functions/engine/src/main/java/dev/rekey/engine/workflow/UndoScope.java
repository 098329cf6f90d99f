package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.LoggedScope;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks in the log for the records that a rollback of a part of a run is about, before any of them is rolled back. */
record UndoScope(Documents documents, Manifest manifest) {

    /** Why the part cannot be told from the rest; empty if it can, or if every record is rolled back. */
    Optional<String> whyNot(Undoing undoing, Set<TableName> tables) {
        if (undoing.where().isEmpty()) {
            return Optional.empty();
        }
        boolean any = false;
        for (var one : (Iterable<Judged>) judged(LoggedScope.of(undoing.where()), tables)::iterator) {
            if (one.unknown().isPresent()) {
                return Optional.of(notLogged(one.unknown().get(), one.table()));
            }
            any |= one.included();
        }
        return any ? Optional.empty() : Optional.of(nothing(undoing));
    }

    /** Whether the run wrote records of the part, or may have: its log does not tell all. */
    boolean mayHoldAny(Undoing undoing, Set<TableName> tables) {
        return undoing.where().isEmpty()
                || judged(LoggedScope.of(undoing.where()), tables)
                        .anyMatch(one -> one.unknown().isPresent() || one.included());
    }

    /** @param unknown an attribute of the scope that the log of the record does not hold */
    private record Judged(TableName table, Optional<String> unknown, boolean included) {}

    private Stream<Judged> judged(LoggedScope scope, Set<TableName> tables) {
        var log = new UndoLog(documents, new RunFolder(manifest.run()));
        return tables.stream()
                .flatMap(table -> Segment.all(manifest.table(table).allSegments()).stream()
                        .flatMap(segment -> LoggedPages.of(log, manifest.unit(table), table, segment)
                                .all())
                        .flatMap(page -> page.entrySet().stream())
                        .map(one -> {
                            var operation = one.getValue().operation();
                            return new Judged(
                                    table,
                                    scope.unknown(one.getKey(), operation),
                                    scope.includes(one.getKey(), operation));
                        }));
    }

    private String notLogged(String attribute, TableName table) {
        return "Cannot roll back the records of run %s by %s: its log does not hold this attribute for table %s, because the run neither read nor wrote it. Nothing was changed. Use an attribute of a reference, of where or of a rule of the plan, add --table for tables that have it, or roll back whole tables."
                .formatted(manifest.run(), attribute, table);
    }

    private String nothing(Undoing undoing) {
        return "Cannot roll back the records of run %s with %s: it changed no such record. Nothing was changed. Check the attribute and its value."
                .formatted(
                        manifest.run(),
                        undoing.where().entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining(", ")));
    }
}
