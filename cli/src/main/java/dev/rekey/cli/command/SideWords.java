package dev.rekey.cli.command;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** A side of a migration in words. */
final class SideWords {
    private SideWords() {}

    /** From where to where {@code plan} moves records, a line each; tables that do not follow the templates by name. */
    static List<String> moves(Plan plan) {
        var lines = new ArrayList<String>();
        if (plan.copies()) {
            lines.addAll(copies(plan));
        }
        if (plan.changesInPlace()) {
            lines.addAll(changes(plan));
        }
        return lines;
    }

    /** Records that are changed where they are have one place. */
    private static List<String> changes(Plan plan) {
        var lines = new ArrayList<String>();
        lines.add("  in    " + words(plan.source()) + (plan.copies() ? ": " + Wording.list(inPlace(plan)) : ""));
        plan.tables().stream()
                .filter(TablePlan::isInPlace)
                .filter(table -> !table.source().equals(plan.source().physical(table.unit())))
                .forEach(table -> lines.add("  but   " + table.name() + " in " + table.source()));
        return lines;
    }

    private static List<TableName> inPlace(Plan plan) {
        return plan.named().stream()
                .filter(TablePlan::isInPlace)
                .map(TablePlan::name)
                .toList();
    }

    private static List<String> copies(Plan plan) {
        var lines = new ArrayList<String>();
        lines.add("  from  " + words(plan.source()));
        lines.add("  to    " + words(plan.target()));
        plan.tables().stream()
                .filter(table -> !table.isInPlace())
                .filter(table -> !table.source().equals(plan.source().physical(table.unit()))
                        || !table.target().equals(plan.target().physical(table.unit())))
                .forEach(table -> lines.add("  but   " + table.source() + " to " + table.target()));
        return lines;
    }

    private static String words(Side side) {
        return side.location().template()
                + side.region().map(region -> " in " + region).orElse("")
                + side.roleArn().map(role -> " as " + role).orElse("");
    }
}
