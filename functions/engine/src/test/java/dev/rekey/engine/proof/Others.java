package dev.rekey.engine.proof;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.store.Tables.Expected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes of those who are no run. The watch knows of each. */
final class Others {
    private Others() {}

    static void put(Simulation simulation, String table, Map<String, AttributeValue> item) {
        var physical = new PhysicalTable(table);
        var key = simulation.tables().describe(physical).orElseThrow().keyOf(item);
        simulation.tables().load(physical, List.of(item));
        wrote(simulation, new Spot(table, key), Optional.of(item));
    }

    static void delete(Simulation simulation, Spot at) {
        var _ = simulation
                .tables()
                .delete(
                        new PhysicalTable(at.table()),
                        at.key(),
                        new Expected.Attributes(at.key().attributes()));
        wrote(simulation, at, Optional.empty());
    }

    private static void wrote(Simulation simulation, Spot at, Optional<Map<String, AttributeValue>> content) {
        simulation.watch().othersWrote(at, content);
        var how = content.isPresent() ? "put" : "delete";
        simulation.trace().note(simulation.scheduler().nowMillis(), "others", at.name(), how);
    }
}
