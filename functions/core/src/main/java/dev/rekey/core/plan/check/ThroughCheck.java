package dev.rekey.core.plan.check;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Checks the values of a table that are taken through references. */
public final class ThroughCheck {
    private final List<TablePlan> tables;
    private final TablePlan table;
    private final Problems problems;

    private ThroughCheck(List<TablePlan> tables, TablePlan table, Problems problems) {
        this.tables = tables;
        this.table = table;
        this.problems = problems;
    }

    public static void check(List<TablePlan> tables, Problems problems) {
        tables.forEach(table -> new ThroughCheck(tables, table, problems).check());
    }

    private void check() {
        table.set()
                .forEach((attribute, rule) -> rule.through()
                        .ifPresent(through -> check(
                                through,
                                PlanPath.table(table.name()).to(rule.option()).to(attribute))));
        table.merge()
                .ifPresent(merge -> merge.set()
                        .forEach((attribute, rule) -> rule.through()
                                .ifPresent(_ -> OpenDoors.refuse(
                                        problems,
                                        PlanPath.table(table.name())
                                                .to("merged")
                                                .to("set")
                                                .to(attribute),
                                        "A value of a merged record that is taken through a reference"))));
    }

    private void check(ValueRule.Through through, PlanPath path) {
        var place = path.to("through");
        var family = Referred.family(table, through.path());
        if (family.isEmpty()) {
            var known = new TreeSet<>(table.key().keySet());
            known.removeIf(name -> !(table.key().get(name) instanceof KeyRole.Refers));
            table.references().forEach(reference -> known.add(reference.path().text()));
            problems.add(
                    ProblemKind.THROUGH_NO_REFERENCE,
                    place,
                    "The table declares no reference " + through.path() + ".",
                    known.isEmpty()
                            ? "Declare it under references, with the family of its ids."
                            : NearestName.hint(through.path().text(), known));
            return;
        }
        if (!through.path().steps().stream().allMatch(ThroughCheck::leadsToOneValue)) {
            problems.add(
                    ProblemKind.THROUGH_SEVERAL_IDS,
                    place,
                    "The path " + through.path() + " can lead to several ids.",
                    "Use a reference that holds one id, such as a, a.b or a|json.b.");
        }
        stays(through, family.get(), path);
        referred(through, family.get(), path);
    }

    private static boolean leadsToOneValue(Step step) {
        return switch (step) {
            case Step.Field _, Step.Json _ -> true;
            case Step.Elements _, Step.MapKeys _ -> false;
        };
    }

    /** In place, the reference must still lead to its record when the rules are applied again. */
    private void stays(ValueRule.Through through, FamilyName family, PlanPath path) {
        var attribute = AttributeClaims.attribute(through.path());
        if (table.isInPlace() && table.drop().contains(attribute)) {
            problems.add(
                    ProblemKind.RULE_NOT_REPEATABLE,
                    path,
                    "The rule reads " + Quoted.of(attribute) + ", which is gone when it is applied again.",
                    "Remove the attribute with another plan, once this one has run.");
        }
        if (table.isInPlace() && table.rename().containsKey(attribute) && !keeps(family)) {
            problems.add(
                    ProblemKind.RULE_NOT_REPEATABLE,
                    path,
                    "The rule reads " + Quoted.of(attribute) + ", which holds a new id under another name when it is"
                            + " applied again.",
                    "Rename the attribute with another plan, once this one has run; or keep the ids of family " + family
                            + ".");
        }
    }

    private boolean keeps(FamilyName family) {
        return Referred.tables(tables, family).stream()
                .allMatch(referred -> referred.identity() instanceof IdentityRule.Keep);
    }

    private void referred(ValueRule.Through through, FamilyName family, PlanPath path) {
        var all = Referred.tables(tables, family);
        if (all.isEmpty()) {
            problems.add(
                    ProblemKind.THROUGH_NO_TABLE,
                    path.to("through"),
                    "No table of the plan has the ids of family " + family + ".",
                    "Use a reference to a table of the plan, or add that table.");
            return;
        }
        Referred.table(tables, family)
                .ifPresentOrElse(
                        referred -> taken(through, referred, path),
                        () -> problems.add(
                                ProblemKind.THROUGH_SEVERAL_TABLES,
                                path.to("through"),
                                "Several tables have ids of family " + family + ", and none of them has its name.",
                                "Name the family after the table whose records are meant."));
    }

    private void taken(ValueRule.Through through, TablePlan referred, PlanPath path) {
        var attribute = Referred.attribute(referred, through.take());
        var rule = referred.set().get(attribute);
        if (rule != null && rule.through().isPresent()) {
            problems.add(
                    ProblemKind.THROUGH_BAD_TAKE,
                    path.to("take"),
                    "The attribute " + Quoted.of(through.take()) + " of " + referred.name()
                            + " is taken through a reference itself.",
                    "Take an attribute that is in the records of " + referred.name()
                            + ", or run a second plan for this one.");
        } else if (rule == null && referred.drop().contains(through.take())) {
            problems.add(
                    ProblemKind.THROUGH_BAD_TAKE,
                    path.to("take"),
                    "The attribute " + Quoted.of(through.take()) + " of " + referred.name() + " is dropped.",
                    "Take an attribute that remains, or do not drop it.");
        }
    }

    /** What only the tables' keys tell: the record that is referred to must be found by its id alone. */
    static void keys(List<TablePlan> tables, TablePlan table, Map<?, TableShape> shapes, List<Problem> problems) {
        table.set()
                .forEach((attribute, rule) -> rule.through()
                        .flatMap(through -> Referred.family(table, through.path()))
                        .flatMap(family -> Referred.table(tables, family))
                        .filter(referred -> shapes.containsKey(referred.name()))
                        .filter(referred -> !isWholeKey(referred, shapes.get(referred.name())))
                        .ifPresent(referred -> problems.add(ProblemKind.THROUGH_COMPOSITE_KEY.at(
                                PlanPath.table(table.name())
                                        .to(rule.option())
                                        .to(attribute)
                                        .to("through"),
                                "The id of a record of " + referred.name() + " is not its whole key: "
                                        + KeyCheck.described(
                                                shapes.get(referred.name()).keyAttributes()) + ".",
                                "Use a reference to a table whose key is one attribute with the role self."))));
    }

    private static boolean isWholeKey(TablePlan referred, TableShape shape) {
        return shape.keyAttributes().size() == 1
                && KeyRoles.self(referred, shape).isPresent();
    }
}
