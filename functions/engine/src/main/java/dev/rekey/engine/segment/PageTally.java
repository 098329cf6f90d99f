package dev.rekey.engine.segment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RecordKinds;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the records of one page, by table. */
public final class PageTally {
    private final Map<TableName, Map<Counted, Long>> byTable = new HashMap<>();
    private final boolean several;

    /** @param always what is counted of every table, if only as none */
    public PageTally(RecordKinds<?> tables, Counted... always) {
        this.several = tables.areSeveral();
        for (var table : tables.all().keySet()) {
            var counts = new EnumMap<Counted, Long>(Counted.class);
            for (var one : always) {
                counts.put(one, 0L);
            }
            byTable.put(table, counts);
        }
    }

    public void count(TableName table, Counted what) {
        byTable.computeIfAbsent(table, _ -> new EnumMap<>(Counted.class)).merge(what, 1L, Long::sum);
    }

    /** The outcome of the page, all of whose effects are durable. */
    public PageOutcome.Advanced advanced(Optional<JsonNode> next) {
        var gathered = new HashMap<TableName, Gathered>();
        byTable.forEach((table, counts) -> gathered.put(table, new Gathered(counts)));
        return PageOutcome.Advanced.of(next, gathered, several);
    }
}
