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
import java.util.stream.Stream;

/**
 * The copies whose source records are gone, and that somebody decided to keep: no run names them, until one writes them again. What
 * was decided with a run goes with it when that is rolled back.
 */
record KeptGone(Documents documents, Manifest run, EarlierRuns earlier) {

    /** Those of {@code keys}, by their text, with the newest run for which it was decided. */
    Map<Key, RunId> of(TableName table, Map<String, Key> keys) {
        var kept = new HashMap<Key, RunId>();
        deciding(table).forEach(decided -> {
            var list = new RunFolder(decided).keptGone();
            documents.eachLine(List.of(list), Gone.class, one -> {
                if (one.table().equals(table) && keys.containsKey(one.key())) {
                    kept.putIfAbsent(keys.get(one.key()), decided);
                }
            });
        });
        return kept;
    }

    private Stream<RunId> deciding(TableName table) {
        return Stream.concat(
                        Stream.of(run),
                        earlier.writersOf(table, run.shapes(table).target()).stream()
                                .map(EarlierRun::manifest))
                .filter(one -> one.options().keepGone())
                .map(Manifest::run);
    }
}
