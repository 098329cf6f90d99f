package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.DataStatusText;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.analyze.StatusCounts;
import dev.rekey.engine.analyze.TableStatus;
import java.util.ArrayList;
import java.util.List;

/** What {@code rekey status --plan} prints. */
final class DataStatusOutput {
    private DataStatusOutput() {}

    static List<String> lines(DataStatus.Found found, boolean terminal) {
        var lines = new ArrayList<>(List.of("plan " + found.plan().name().value(), ""));
        lines.addAll(new DataStatusText(terminal).lines(found.tables(), found.by()));
        lines.add("");
        var copied = found.plan().named().stream()
                .filter(table -> !table.isInPlace())
                .map(TablePlan::name)
                .toList();
        if (TableStatus.sum(found.tables()).all().kept() > 0) {
            lines.addAll(
                    Wrapping.lines(
                            "",
                            "kept: nothing to do, but they hold ids that the mapping does not have (onMissing: keep). Add the ids to the mapping, and run the plan again."));
        }
        if (!copied.isEmpty()) {
            lines.add("Not counted, because they are copied: " + Wording.list(copied) + ".");
        }
        if (found.runs().isEmpty()) {
            lines.add("No run has migrated this plan.");
        } else {
            var columns = new Columns("run", "phase", "scope", "rolled back");
            found.runs()
                    .forEach(run -> columns.row(
                            run.id().value(),
                            run.phase(),
                            String.join(", ", run.scope()),
                            String.join("; ", run.partlyRolledBack())));
            lines.addAll(columns.lines());
        }
        return lines;
    }

    static ObjectNode json(DataStatus.Found found) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("plan", found.plan().name().value());
        found.by().ifPresent(attribute -> document.put("by", attribute));
        put(document, TableStatus.sum(found.tables()), found);
        var tables = document.putObject("tables");
        found.tables().forEach((name, table) -> put(tables.putObject(name.value()), table, found));
        var runs = document.putArray("runs");
        found.runs().forEach(run -> runs.add(run.json()));
        return document;
    }

    private static void put(ObjectNode node, TableStatus status, DataStatus.Found found) {
        put(node, status.all());
        if (found.by().isPresent()) {
            values(node.putArray("values"), status);
        }
    }

    private static void values(ArrayNode values, TableStatus status) {
        status.byValue().forEach((value, counts) -> put(values.addObject().put("value", value), counts));
        if (status.withoutValue().all() > 0) {
            put(values.addObject().putNull("value"), status.withoutValue());
        }
    }

    private static void put(ObjectNode node, StatusCounts counts) {
        node.put("done", counts.done())
                .put("kept", counts.kept())
                .put("toDo", counts.toDo())
                .put("unmappable", counts.unmappable())
                .put("share", counts.share());
    }
}
