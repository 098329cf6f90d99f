package dev.rekey.cli.command.demo;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableDigest;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tables hold, so that two moments can be compared: equal if and only if every table holds the same records with
 * the same content (but for collisions of SHA-256).
 */
record Contents(Map<PhysicalTable, TableDigest> tables) {
    static Contents of(Tables store, List<PhysicalTable> tables) {
        return new Contents(
                tables.parallelStream().collect(Collectors.toMap(Function.identity(), table -> digest(store, table))));
    }

    private static TableDigest digest(Tables store, PhysicalTable table) {
        var digest = TableDigest.EMPTY;
        Optional<Cursor> from = Optional.empty();
        do {
            var page = store.scan(new Tables.Scan(table, 0, 1, from, 0, true));
            for (var item : page.items()) {
                digest = digest.plus(RecordDigest.of(item));
            }
            from = page.next();
        } while (from.isPresent());
        return digest;
    }

    long records() {
        return tables.values().stream().mapToLong(TableDigest::count).sum();
    }

    /** The tables that are not the same in {@code other}. */
    List<PhysicalTable> differences(Contents other) {
        return tables.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.tables.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(PhysicalTable::name))
                .toList();
    }
}
