package dev.rekey.engine.schedule;

import dev.rekey.engine.plan.Checks;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.Fingerprint;
import dev.rekey.engine.plan.IdentityRule;
import dev.rekey.engine.plan.Limits;
import dev.rekey.engine.plan.OnConflict;
import dev.rekey.engine.plan.OnOrphan;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.PlanName;
import dev.rekey.engine.plan.Reference;
import dev.rekey.engine.plan.ReferencePath;
import dev.rekey.engine.plan.Side;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.plan.Where;
import dev.rekey.engine.table.PhysicalTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans made of nothing but references between tables. */
final class Graphs {
    private Graphs() {}

    /** @param references from each table to the tables it refers to */
    static Plan plan(Map<String, ? extends Collection<String>> references) {
        var tables = new ArrayList<TablePlan>();
        references.forEach((name, families) -> tables.add(table(name, families)));
        var side = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        return new Plan(new PlanName("p"), side, side, tables, 1_000, Limits.NONE, new Fingerprint("0".repeat(64)));
    }

    private static TablePlan table(String name, Collection<String> families) {
        var references = families.stream()
                .map(family -> new Reference(
                        new ReferencePath(family, List.of(new ReferencePath.Step.Field(family))),
                        new FamilyName(family),
                        OnOrphan.FAIL))
                .toList();
        return new TablePlan(
                new TableName(name),
                new PhysicalTable(name),
                new PhysicalTable(name),
                new FamilyName(name),
                new IdentityRule.Keep(),
                Map.of(),
                references,
                new Where.Everything(),
                Map.of(),
                Map.of(),
                Set.of(),
                OnConflict.ABORT,
                Optional.empty(),
                Checks.NONE);
    }
}
