package dev.rekey.engine.judge;

import dev.rekey.engine.census.Gathered;
import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import java.util.Map;
import java.util.TreeMap;

/** What the segments of the source gave when they were analyzed. */
record SegmentsRead(Tally tally, Map<TableName, Gathered> gathered) {
    static SegmentsRead of(Documents documents, RunFolder folder) {
        var prefix = folder.checkpointPrefix(Stage.ANALYZE);
        var keys = documents.list(prefix);
        var checkpoints =
                documents.each(keys, key -> documents.get(key, Checkpoint.class).value());
        var counts = new TreeMap<TableName, Map<String, Long>>();
        var gathered = new TreeMap<TableName, Gathered>();
        for (int i = 0; i < keys.size(); i++) {
            var table = Tally.tableOf(prefix, keys.get(i));
            var checkpoint = checkpoints.get(i);
            Tally.add(counts.computeIfAbsent(table, _ -> new TreeMap<>()), checkpoint.counts());
            gathered.merge(table, checkpoint.gathered().orElse(Gathered.NOTHING), Gathered::plus);
        }
        return new SegmentsRead(new Tally(counts), gathered);
    }
}
