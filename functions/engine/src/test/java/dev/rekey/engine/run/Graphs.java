package dev.rekey.engine.run;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Declarations;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Plans made of nothing but references between tables. */
final class Graphs {
    private Graphs() {}

    /** @param references from each table to the tables it refers to */
    static Plan plan(Map<String, ? extends Collection<String>> references) {
        var tables = new ArrayList<TablePlan>();
        references.forEach((name, families) -> tables.add(table(name, families)));
        var side = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        return new Plan(
                new PlanName("p"),
                side,
                side,
                tables,
                new Plan.Bounds(OptionalInt.empty(), Limits.NONE),
                Declarations.NONE,
                new Fingerprint("0".repeat(64)));
    }

    private static TablePlan table(String name, Collection<String> families) {
        var references = families.stream()
                .map(family -> new Reference(
                        new ReferencePath(family, List.of(new ReferencePath.Step.Field(family))),
                        new FamilyName(family),
                        OnOrphan.FAIL,
                        Optional.empty()))
                .toList();
        return new TablePlan(
                new TableName(name),
                new TablePlan.Placement(new PhysicalTable(name), new PhysicalTable(name), new Mode.Copy()),
                new TablePlan.Identities(new FamilyName(name), new IdentityRule.Keep(), Map.of(), references),
                new TablePlan.Content(new Where.Everything(), Map.of(), Map.of(), Set.of()),
                new TablePlan.Conflicts(OnConflict.ABORT, Optional.empty()),
                Checks.NONE);
    }
}
