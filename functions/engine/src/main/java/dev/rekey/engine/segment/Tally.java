package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checkpoints of a stage have counted, by table and by name. */
public record Tally(Map<TableName, Map<String, Long>> byTable) {

    /** Of all tables. */
    public static Tally of(Documents documents, RunFolder folder, Stage stage) {
        return StageCheckpoints.of(documents, folder, stage).tally();
    }

    /** Of some tables. */
    public static Tally of(Documents documents, RunFolder folder, Stage stage, List<TableName> tables) {
        return StageCheckpoints.of(documents, folder, stage, tables::contains).tally();
    }

    public long total(String name) {
        return byTable.values().stream()
                .mapToLong(counts -> counts.getOrDefault(name, 0L))
                .sum();
    }

    /** Every count, over all tables. */
    public Map<String, Long> totals() {
        var totals = new TreeMap<String, Long>();
        byTable.values().forEach(counts -> counts.forEach((name, count) -> totals.merge(name, count, Long::sum)));
        return totals;
    }
}
