package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checkpoints of a stage have counted, by table and by name. */
public record Tally(Map<TableName, Map<Counted, Long>> byTable) {

    /** Of all tables. */
    public static Tally of(Documents documents, RunFolder folder, Stage stage) {
        return StageCheckpoints.of(documents, folder, stage).tally();
    }

    /** Of some tables. */
    public static Tally of(Documents documents, RunFolder folder, Stage stage, List<TableName> tables) {
        return StageCheckpoints.of(documents, folder, stage, tables::contains).tally();
    }

    /** Of one table; none where nothing was counted. */
    public Map<Counted, Long> counts(TableName table) {
        return byTable.getOrDefault(table, Map.of());
    }

    public long total(Counted what) {
        return byTable.values().stream().mapToLong(what::in).sum();
    }

    /** Every count, over all tables. */
    public Map<Counted, Long> totals() {
        var totals = new TreeMap<Counted, Long>();
        byTable.values().forEach(counts -> Counted.add(counts, totals));
        return totals;
    }
}
