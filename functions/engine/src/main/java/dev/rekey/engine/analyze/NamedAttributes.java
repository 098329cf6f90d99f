package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.document.ExpressionInputs;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.RunOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds attributes by which the plan selects or compares records and that no record has: most likely they are misspelled, and
 * the plan leaves out or merges others than it should.
 *
 * @param severity where the plan can do nothing that it says; an expression may ask whether the attribute is absent
 */
record NamedAttributes(RunOptions options, Severity severity) {
    /** That fewer records have no such attribute may be chance. */
    static final int TELLING = 20;

    /** @param present top-level attributes of all records of {@code table} */
    List<Problem> neverSeen(TablePlan table, Set<String> present) {
        var problems = new ArrayList<Problem>();
        switch (table.where()) {
            case Where.Equal(var values) -> absent(table, "where", values.keySet(), present, severity, problems);
            case Where.Expression(var jsonata, var _) -> expression(table, "where", jsonata, present, problems);
            case Where.Everything _, Where.Written _ -> {}
        }
        table.merge().ifPresent(merge -> {
            var matching = merge.matching();
            var by = matching.map(Matching::by).orElse(List.of());
            absent(table, "merge.matchBy", by, present, severity, problems);
            var age = matching.flatMap(Matching::oldestBy).stream().toList();
            absent(table, "merge.oldestBy", age, present, severity, problems);
            merge.require().ifPresent(rule -> expression(table, "merge.require", rule.jsonata(), present, problems));
        });
        return problems;
    }

    private void expression(
            TablePlan table, String option, String jsonata, Set<String> present, List<Problem> problems) {
        var inputs = ExpressionInputs.of(jsonata);
        if (!inputs.everything()) {
            absent(table, option, inputs.attributes(), present, Severity.WARNING, problems);
        }
    }

    private void absent(
            TablePlan table,
            String option,
            Collection<String> names,
            Set<String> present,
            Severity how,
            List<Problem> problems) {
        var absent = new TreeSet<>(names)
                .stream()
                        .filter(name ->
                                !present.contains(name) && !table.checks().accepts(name))
                        .toList();
        if (!absent.isEmpty()) {
            problems.add(new Problem(
                    how,
                    "attribute.never-seen",
                    "tables." + table.name() + "." + option,
                    "no record of " + options.read() + " has "
                            + Wording.agree(absent.size(), "an attribute ", "one of the attributes ")
                            + Wording.list(absent),
                    "Check the spelling, or accept what no record has yet in checks."));
        }
    }
}
