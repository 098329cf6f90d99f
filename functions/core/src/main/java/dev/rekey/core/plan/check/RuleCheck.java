package dev.rekey.core.plan.check;

import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.ExpressionInputs;
import dev.rekey.core.plan.document.JsonataSource;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Checks what the rules of a table do together with those of the families. In place, doing it twice must do what doing it
 * once does: whatever is interrupted is done again, and so is every later run. What only a record can tell is found when
 * it is mapped.
 */
public final class RuleCheck {
    private final Map<FamilyName, IdentityRule> rules;
    private final TablePlan table;
    private final PlanPath path;
    private final Problems problems;

    private RuleCheck(Map<FamilyName, IdentityRule> rules, TablePlan table, Problems problems) {
        this.rules = rules;
        this.table = table;
        this.path = PlanPath.table(table.name());
        this.problems = problems;
    }

    public static void check(List<TablePlan> tables, List<DeclaredFamily> declared, Problems problems) {
        var rules = new HashMap<FamilyName, IdentityRule>();
        declared.forEach(family -> rules.put(family.name(), family.rule()));
        tables.forEach(table -> rules.putIfAbsent(table.family(), table.identity()));
        tables.forEach(table -> new RuleCheck(rules, table, problems).check());
    }

    private void check() {
        types();
        if (table.isInPlace()) {
            table.references().forEach(this::replacing);
            table.rename().forEach(this::renaming);
            table.set().forEach((attribute, rule) -> setting(attribute, rule, path.to("set")));
            table.merge().flatMap(Merge::require).ifPresent(rule -> requiring(rule.jsonata()));
            table.merge()
                    .ifPresent(merge -> merge.set()
                            .forEach((attribute, rule) ->
                                    setting(attribute, rule, path.to("merged").to("set"))));
        }
    }

    /** A value of another type belongs beside the old one: what reads the attribute expects its type. */
    private void types() {
        if (changesType(table.family())) {
            typeChanges(table.family(), path.to("identity"));
        }
        table.key().forEach((attribute, role) -> {
            if (role instanceof KeyRole.Refers(var family) && changesType(family)) {
                typeChanges(family, path.to("key").to(attribute));
            }
        });
        table.references().stream()
                .filter(reference -> reference.as().isEmpty() && changesType(reference.family()))
                .forEach(reference -> typeChanges(reference.family(), at(reference)));
    }

    private boolean changesType(FamilyName family) {
        return rules.get(family) instanceof IdentityRule.Lookup lookup
                && lookup.ids().differ();
    }

    private void typeChanges(FamilyName family, PlanPath place) {
        problems.add(
                ProblemKind.REFERENCE_TYPE_CHANGES,
                place,
                "The new ids of family " + family + " have another type than the old ones, and would take their place.",
                "Write the new id beside the old one: { family: " + family + ", as: … }.");
    }

    private void replacing(Reference reference) {
        if (reference.as().isEmpty() && rules.get(reference.family()) instanceof IdentityRule.Derive) {
            notRepeatable(
                    at(reference),
                    "The rule derive of family " + reference.family()
                            + " would make new ids of the new ones when it is applied again.",
                    "Write the new id beside the old one: { family: " + reference.family() + ", as: … }.");
        }
    }

    private void renaming(String from, String to) {
        if (table.rename().containsKey(to)) {
            notRepeatable(
                    path.to("rename").to(from),
                    "The attribute " + Quoted.of(to) + " would be renamed when the rules are applied again.",
                    "Choose a name that is not renamed itself.");
        }
    }

    private void setting(String attribute, ValueRule rule, PlanPath option) {
        // Where the attribute is absent no more, setIfAbsent does nothing: what a record alone can tell is found there.
        if (!(rule instanceof ValueRule.Expression expression)
                || !(JsonataSource.parse(expression.jsonata()) instanceof JsonataSource.Parsed.Expression(var tree))) {
            return;
        }
        var place = option.to(attribute);
        if (tree.variables().contains("runStartedAt")) {
            notRepeatable(
                    place,
                    "The expression uses $runStartedAt, which is another time in every run.",
                    "Use values of $record, or a parameter.");
        }
        if (tree.accumulates(attribute)) {
            notRepeatable(
                    place,
                    "The expression computes " + Quoted.of(attribute)
                            + " from itself, and gives another value when it is applied again.",
                    "Set another attribute.");
        }
        var leaving = new HashSet<>(table.rename().keySet());
        leaving.addAll(table.drop());
        tree.inputs("record").attributes().stream()
                .filter(leaving::contains)
                .forEach(name -> notRepeatable(
                        place,
                        "The expression reads " + Quoted.of(name) + ", which is gone when it is applied again.",
                        "Remove the attribute with another plan, once this one has run."));
    }

    /** Survivors are read again while the run works, when they hold what the run itself has written. */
    private void requiring(String jsonata) {
        var written = new HashSet<>(table.set().keySet());
        table.rename().forEach((from, to) -> written.addAll(List.of(from, to)));
        written.addAll(table.drop());
        ExpressionInputs.of(jsonata).attributes().stream()
                .filter(written::contains)
                .forEach(name -> notRepeatable(
                        path.to("merge").to("require"),
                        "The expression reads " + Quoted.of(name) + ", which the rules of the table change.",
                        "Change the attribute with another plan, once this one has run."));
    }

    private PlanPath at(Reference reference) {
        return path.to("references").to(reference.path().text());
    }

    private void notRepeatable(PlanPath place, String message, String hint) {
        problems.add(ProblemKind.RULE_NOT_REPEATABLE, place, message, hint);
    }
}
