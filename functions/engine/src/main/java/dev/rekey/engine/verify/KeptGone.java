package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The copies whose source records are gone, and that somebody decided to keep: no run names them, until one writes them again. What
 * was decided with a run goes with it when that is rolled back.
 *
 * @param runs those that count for a table, newest first
 */
record KeptGone(Documents documents, Function<TableName, Stream<Manifest>> runs) {

    /** What was decided with {@code run} and with those before it. */
    static KeptGone with(Documents documents, Manifest run, EarlierRuns earlier) {
        return new KeptGone(documents, table -> Stream.concat(Stream.of(run), counting(earlier, table, run)));
    }

    /** What was decided with those that came after {@code run}. */
    static KeptGone after(Documents documents, Manifest run, EarlierRuns later) {
        return new KeptGone(documents, table -> counting(later, table, run));
    }

    private static Stream<Manifest> counting(EarlierRuns others, TableName table, Manifest run) {
        return others.writersOf(table, run.shapes(table).target()).stream().map(EarlierRun::manifest);
    }

    /** Those of {@code keys}, by their text, with the newest run for which it was decided. */
    Map<Key, RunId> of(TableName table, Map<String, Key> keys) {
        var kept = new HashMap<Key, RunId>();
        runs.apply(table)
                .filter(one -> one.options().keepGone())
                .map(Manifest::run)
                .forEach(decided -> {
                    var list = new RunFolder(decided).keptGone();
                    documents.eachLine(List.of(list), Gone.class, one -> {
                        if (one.table().equals(table) && keys.containsKey(one.key())) {
                            kept.putIfAbsent(keys.get(one.key()), decided);
                        }
                    });
                });
        return kept;
    }
}
