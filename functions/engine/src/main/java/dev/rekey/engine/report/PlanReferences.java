package dev.rekey.engine.report;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.report.RunReport.ReportedReference;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The references that a plan declares, those of keys first; one for each table of the family that is referred to. */
final class PlanReferences {
    private PlanReferences() {}

    static List<ReportedReference> of(RunContext run) {
        var tables = new HashMap<FamilyName, List<TableName>>();
        run.plan()
                .tables()
                .forEach(table -> tables.computeIfAbsent(table.family(), _ -> new ArrayList<>())
                        .add(table.name()));
        var all = new ArrayList<ReportedReference>();
        for (var table : run.plan().tables()) {
            new TreeMap<>(table.key()).forEach((attribute, role) -> key(table, attribute, role, tables, all));
            table.references()
                    .forEach(reference -> add(table, reference.path().text(), reference.family(), tables, all));
        }
        return List.copyOf(all);
    }

    private static void key(
            TablePlan table,
            String attribute,
            KeyRole role,
            Map<FamilyName, List<TableName>> tables,
            List<ReportedReference> all) {
        switch (role) {
            case KeyRole.Self _, KeyRole.Keep _ -> {}
            case KeyRole.Refers(var family) -> add(table, attribute, family, tables, all);
        }
    }

    private static void add(
            TablePlan table,
            String path,
            FamilyName family,
            Map<FamilyName, List<TableName>> tables,
            List<ReportedReference> all) {
        tables.getOrDefault(family, List.of()).forEach(to -> all.add(new ReportedReference(table.name(), path, to)));
    }
}
