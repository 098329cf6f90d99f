package dev.rekey.engine.undo;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Levels;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.store.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether records that a later run wrote refer to records that the rollback of an earlier one would delete: these references
 * would dangle. What a run has created because others refer to it is left out: a rollback looks for itself who still does.
 *
 * @param earlier the run that is to be rolled back
 * @param target reads records of a table of a run, where that writes them
 */
public record LaterReferences(Documents documents, RunContext earlier, Set<TableName> tables, Reading target) {

    /** Reads records by key. */
    @FunctionalInterface
    public interface Reading {
        KeyReader of(RunContext run, TableName table);
    }

    /** Asked only of a run that is not rolled back. Holds what its records refer to, not what the earlier run wrote. */
    public boolean existIn(RunContext later) {
        return copied().stream().anyMatch(table -> {
            var shape = earlier.manifest().table(table).target();
            return later.known().tables().stream()
                    .filter(one -> isWrittenTo(later, one.name(), shape))
                    .anyMatch(one -> isAnyCreated(table, referred(later, one)));
        });
    }

    private boolean isAnyCreated(TableName table, Set<OldId> referred) {
        var mapping = earlier.holding(table);
        return !referred.isEmpty()
                && pages(earlier, table)
                        .flatMap(page -> page.entrySet().stream())
                        .filter(one -> one.getValue().operation() instanceof Operation.Create)
                        .flatMap(one -> mapping.ownId(one.getKey().attributes()).stream())
                        .anyMatch(referred::contains);
    }

    /** Where records are changed in place, rollback deletes none. */
    private Collection<TableName> copied() {
        return tables.stream()
                .filter(table -> !table.isPart() && !earlier.isWrittenInPlace(table))
                .toList();
    }

    private static boolean isWrittenTo(RunContext run, TableName table, TableShape shape) {
        return run.manifest().shapes(table).target().isSameTableAs(shape);
    }

    /** The ids of records of {@code table} to which records refer that the run wrote. */
    private Set<OldId> referred(RunContext run, TablePlan table) {
        return Levels.referring(run.known(), table.name()).stream()
                .filter(one -> run.manifest().tables().containsKey(one))
                .flatMap(one -> {
                    var holding = Referring.of(run, one);
                    return pages(run, one)
                            .flatMap(page -> written(run, one).apply(page).stream())
                            .flatMap(holding::referred);
                })
                .filter(one -> one.family().equals(table.family()))
                .map(Identity::id)
                .collect(Collectors.toSet());
    }

    /** What records hold of what the run wrote: in place, the attributes that it did. */
    private Function<Map<Key, Logged>, Collection<Map<String, AttributeValue>>> written(
            RunContext run, TableName table) {
        return run.isWrittenInPlace(table)
                ? page -> page.entrySet().stream()
                        .map(one -> updated(one.getKey(), one.getValue().operation()))
                        .toList()
                : page -> target.of(run, table).read(page.keySet()).values();
    }

    private static Map<String, AttributeValue> updated(Key key, Operation operation) {
        var record = new HashMap<>(key.attributes());
        if (operation instanceof Operation.Update update) {
            update.touched().forEach((name, one) -> one.after().ifPresent(value -> record.put(name, value)));
        }
        return record;
    }

    private Stream<Map<Key, Logged>> pages(RunContext run, TableName table) {
        var log = new UndoLog(documents, run.folder());
        var unit = run.manifest().unit(table);
        return Segment.all(run.manifest().table(unit).allSegments()).stream()
                .flatMap(segment -> LoggedPages.of(log, unit, table, segment).all());
    }
}
