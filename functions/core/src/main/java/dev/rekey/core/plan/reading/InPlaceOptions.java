package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import java.util.List;

/** Options that only one way of writing a table has a meaning for. */
final class InPlaceOptions {
    private static final List<String> OF_COPIES = List.of("target", "onConflict");

    private InPlaceOptions() {}

    static void check(Node.Fields root, List<TablePlan> tables, Problems problems) {
        for (var table : tables) {
            var path = PlanPath.table(table.name());
            if (table.isInPlace()) {
                refuse(root.fields("tables").fields(table.name().value()), path, problems);
            } else if (!root.has("target") && Choices.inPlace(root, false)) {
                problems.add(
                        ProblemKind.TABLE_COPIED_WITHOUT_TARGET,
                        path.to("mode"),
                        "The table " + table.name() + " is copied, and the plan has no target.",
                        "Add target: { tables: … } to the plan, or change the table in place.");
            }
        }
        if (!tables.isEmpty() && tables.stream().allMatch(TablePlan::isInPlace)) {
            refuse(root, PlanPath.ROOT, problems);
        }
    }

    private static void refuse(Node.Fields options, PlanPath path, Problems problems) {
        OF_COPIES.stream()
                .filter(options::has)
                .forEach(option -> problems.add(
                        ProblemKind.IN_PLACE_OPTION,
                        path.to(option),
                        "The option " + option + " means nothing for a table that is changed in place.",
                        "Remove it, or copy the table into another: mode: copy."));
    }
}
