package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.store.Documents;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What runs of the plan wrote, or keep, that came after the one that is verified: that is theirs to answer for. Reads nothing before it is
 * asked, and it is asked only of what is not as the run left it.
 */
public final class LaterWrites {
    private final Documents documents;
    private final Manifest run;
    private final Supplier<EarlierRuns> later;
    private final Map<TableName, EarlierWrites> byTable = new ConcurrentHashMap<>();

    /** @param later the runs of the plan that came later and count, newest first */
    public LaterWrites(Documents documents, Manifest run, Supplier<EarlierRuns> later) {
        this.documents = documents;
        this.run = run;
        this.later = new Once<>(later);
    }

    /** Of a run that has just written: none came later. */
    public static LaterWrites none(Documents documents, Manifest run) {
        return new LaterWrites(documents, run, () -> EarlierRuns.NONE);
    }

    /** Whether one of them wrote the record {@code key}, or deleted it. */
    boolean include(TableName table, Key key) {
        return of(table).hasWritten(key);
    }

    /** @param key as text */
    boolean include(TableName table, String key) {
        return of(table).hasWritten(key);
    }

    /** Those of {@code keys} that one of them keeps, although their source records are gone. */
    Set<Key> keptGone(TableName table, Collection<Key> keys) {
        return keys.isEmpty() || later.get().isEmpty()
                ? Set.of()
                : KeptGone.after(documents, run, later.get())
                        .of(table, keys.stream().collect(Collectors.toMap(Gone::text, Function.identity())))
                        .keySet();
    }

    /** Whether one of them wrote an attribute that {@code entry} wrote, in place. */
    boolean includeAny(TableName table, LogEntry entry) {
        return entry.operation() instanceof Operation.Update update
                && update.touched().keySet().stream()
                        .anyMatch(attribute -> of(table).hasWrittenValue(entry.key(), attribute));
    }

    private EarlierWrites of(TableName table) {
        return byTable.computeIfAbsent(
                table,
                name -> new EarlierWrites(
                        documents, later.get(), name, run.shapes(name).target()));
    }
}
