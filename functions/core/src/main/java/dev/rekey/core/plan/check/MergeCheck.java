package dev.rekey.core.plan.check;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Quoted;
import java.util.List;

/** Compares what a plan says of the merges of a table with the keys of the tables. */
final class MergeCheck {
    private final Plan plan;
    private final TablePlan table;
    private final TableShape shape;
    private final List<Problem> problems;

    private MergeCheck(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        this.plan = plan;
        this.table = table;
        this.shape = shape;
        this.problems = problems;
    }

    static void check(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        var check = new MergeCheck(plan, table, shape, problems);
        if (table.merge().isPresent()) {
            check.merging();
        }
        if (table.isInPlace()) {
            check.keys();
        }
    }

    private void merging() {
        var path = PlanPath.table(table.name()).to("merge");
        if (KeyRoles.self(table, shape).isEmpty()) {
            problems.add(ProblemKind.MERGE_BAD.at(
                    path,
                    "The records of " + shape.table() + " have no identity of their own: no key attribute is self.",
                    "Declare the key attribute that holds the ids as self, or remove merge."));
        }
        if (table.kind().isPresent() && shape.sortKey().isPresent()) {
            problems.add(ProblemKind.MERGE_BAD.at(
                    path,
                    "Several tables of the plan share " + shape.table()
                            + ", and an id is not its whole key: records of other tables may have the same id.",
                    "Merge records of a table with a physical table of its own, or with ids that are whole keys."));
        }
        boolean shared = plan.tables().stream()
                .anyMatch(other ->
                        !other.name().equals(table.name()) && other.family().equals(table.family()));
        if (shared) {
            problems.add(ProblemKind.MERGE_BAD.at(
                    path,
                    "Several tables are of family " + table.family() + ", and only records of one table can be merged.",
                    "Give the table a family of its own."));
        }
        table.mergedAway()
                .ifPresent(merged -> merged.set().keySet().stream()
                        .filter(attribute -> shape.keyAttributes().stream()
                                .anyMatch(key -> key.name().equals(attribute)))
                        .forEach(attribute -> problems.add(ProblemKind.KEY_HAS_RULE.at(
                                PlanPath.table(table.name())
                                        .to("merged")
                                        .to("set")
                                        .to(attribute),
                                "The key attribute " + Quoted.of(attribute) + " of " + shape.table()
                                        + " cannot be set.",
                                "Remove the rule."))));
    }

    /** A record whose key changed would be another record. */
    private void keys() {
        KeyRoles.of(table, shape).forEach((attribute, role) -> {
            if (role instanceof KeyRole.Refers(var family)
                    && plan.tables().stream()
                            .anyMatch(other -> other.family().equals(family)
                                    && other.merge().isPresent())) {
                problems.add(ProblemKind.KEY_CHANGES_IN_PLACE.at(
                        PlanPath.table(table.name()).to("key").to(attribute),
                        "Records of family " + family + " are merged, and the key attribute " + Quoted.of(attribute)
                                + " of " + shape.table() + " refers to them: a key cannot change in place.",
                        "Copy the records into another table with mode: copy."));
            }
        });
    }
}
