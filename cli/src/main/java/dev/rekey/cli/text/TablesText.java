package dev.rekey.cli.text;

import dev.rekey.engine.tables.ComparedTable;
import dev.rekey.engine.tables.ComparedTable.Role;
import dev.rekey.engine.tables.SchemaDifference;
import java.util.ArrayList;
import java.util.List;

/** Compared tables for people: a line for each difference. */
public final class TablesText {
    private TablesText() {}

    /** None if nothing differs. */
    public static List<String> lines(List<ComparedTable> compared) {
        var columns = new Columns("table", "difference in", "found", "expected", "--create");
        var tables = compared.stream()
                .filter(table -> !table.differences().isEmpty())
                .toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        tables.forEach(table -> table.differences()
                .forEach(difference -> columns.row(
                        table.table().name(),
                        difference.what(),
                        difference.found(),
                        difference.wanted(),
                        remedy(table, difference))));
        return columns.lines();
    }

    private static String remedy(ComparedTable table, SchemaDifference difference) {
        return switch (difference.remedy()) {
            case CREATED -> "creates it";
            case REPORTED -> table.role() == Role.IN_PLACE ? "no: changed in place" : "no: the table exists";
            case REFUSED -> "refused";
        };
    }

    /** How the comparison ended, in one sentence. */
    public static String sum(List<ComparedTable> compared) {
        long differences =
                compared.stream().mapToLong(table -> table.differences().size()).sum();
        return Numbers.count(compared.size(), "table") + " compared: "
                + (differences == 0 ? "no difference" : Numbers.count(differences, "difference")) + ".";
    }

    /** The tables with which the plan cannot work, each with the fact. */
    public static List<String> refused(List<ComparedTable> compared) {
        var facts = new ArrayList<String>();
        compared.forEach(table -> table.differences().stream()
                .filter(difference -> difference.remedy() == SchemaDifference.Remedy.REFUSED)
                .map(difference -> "%s, %s: found %s, expected %s"
                        .formatted(table.table(), difference.what(), difference.found(), difference.wanted()))
                .forEach(facts::add));
        return facts;
    }
}
