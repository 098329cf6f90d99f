package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.verify.ListedGone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Freezes what a run is to delete: what the newest verification of the plan lists as gone, as far as an earlier run wrote it. */
record FreezeGone(Documents documents, EarlierRuns earlier) {

    FrozenGone freeze(RunFolder folder, Plan plan, Map<TableName, Shapes> tables) {
        if (documents.bytes(folder.gone()).isPresent()) {
            return FrozenGone.of(documents, folder);
        }
        var listed = ListedGone.of(documents, earlier).keys(FrozenGone.MOST);
        return new FrozenGone(sorted(
                        listed,
                        (table, keys) -> isCopied(plan, table) ? written(table, tables.get(table), keys) : List.of()))
                .freeze(documents, folder);
    }

    /**
     * Writes down what is to be kept: all of that, and what others have changed of it. Of two attempts the first decides. Whether
     * a run wrote it since, is judged where it is named.
     */
    void keep(RunFolder folder, Plan plan, Map<TableName, Shapes> tables) {
        var listed = ListedGone.of(documents, earlier)
                .keysToKeep(
                        FrozenGone.MOST,
                        (table, then) -> isCopied(plan, table)
                                && tables.get(table).target().isSameTableAs(then));
        var kept = sorted(
                listed,
                (table, keys) -> keys.stream()
                        .map(key -> new Gone(table, Gone.text(key), List.of()))
                        .toList());
        var _ = documents.createBytes(folder.keptGone(), GzippedLines.of(kept));
    }

    private static List<Gone> sorted(
            Map<TableName, Set<Key>> listed, BiFunction<TableName, Set<Key>, List<Gone>> ofTable) {
        return listed.entrySet().stream()
                .flatMap(one -> ofTable.apply(one.getKey(), one.getValue()).stream())
                .sorted(Comparator.comparing(Gone::table).thenComparing(Gone::key))
                .toList();
    }

    /** Those of {@code open}, which loses them, that the newest run which wrote them did write to this very table. */
    private List<Gone> written(TableName table, Shapes shapes, Set<Key> open) {
        var found = new ArrayList<Gone>();
        for (var run : earlier.writersOf(table, shapes.target())) {
            var pages = pages(run, table).iterator();
            while (!open.isEmpty() && pages.hasNext()) {
                pages.next().forEach((key, logged) -> {
                    if (open.remove(key)) {
                        var from = logged.oldKeys().stream().map(Gone::text).sorted();
                        found.add(new Gone(table, Gone.text(key), from.toList()));
                    }
                });
            }
        }
        return found;
    }

    private static Stream<Map<Key, Logged>> pages(EarlierRun run, TableName table) {
        return Stream.of(table.gone(), table)
                .filter(run.manifest().tables()::containsKey)
                .flatMap(run::standing);
    }

    private static boolean isCopied(Plan plan, TableName table) {
        return plan.copied().stream().anyMatch(one -> one.name().equals(table));
    }
}
