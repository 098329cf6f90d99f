package dev.rekey.core.plan.check;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Checks whether a record that references create is one of its table, as far as the plan and the table's key tell. */
final class CreatedRecordCheck {
    private final TablePlan parent;
    private final KeyAttribute self;
    private final Map<String, ValueRule> attributes;
    private final PlanPath path;
    private final List<Problem> problems;

    private CreatedRecordCheck(
            TablePlan parent,
            KeyAttribute self,
            Map<String, ValueRule> attributes,
            PlanPath path,
            List<Problem> problems) {
        this.parent = parent;
        this.self = self;
        this.attributes = attributes;
        this.path = path;
        this.problems = problems;
    }

    /** @param shapes of the source tables that there are */
    static void check(Plan plan, TablePlan table, Map<TableName, TableShape> shapes, List<Problem> problems) {
        for (var reference : table.references()) {
            var parent =
                    Referred.table(plan.tables(), reference.family()).filter(found -> shapes.containsKey(found.name()));
            // A family without ids of its own is refused already.
            parent.flatMap(found -> KeyRoles.self(found, shapes.get(found.name())))
                    .ifPresent(self -> CreatesCheck.options(reference)
                            .forEach((option, attributes) -> new CreatedRecordCheck(
                                            parent.get(),
                                            self,
                                            withKind(parent.get(), attributes),
                                            CreatesCheck.at(table, reference)
                                                    .to(option)
                                                    .to("create"),
                                            problems)
                                    .check(shapes.get(parent.get().name()))));
        }
    }

    private static Map<String, ValueRule> withKind(TablePlan parent, Map<String, ValueRule> attributes) {
        var all = new HashMap<String, ValueRule>();
        parent.kind()
                .map(KindOfRecords::match)
                .ifPresent(match -> match.forEach((name, value) -> all.put(name, new ValueRule.Literal(value))));
        all.putAll(attributes);
        return all;
    }

    private void check(TableShape shape) {
        shape.keyAttributes().forEach(attribute -> key(attribute, shape));
        if (parent.where() instanceof Where.Equal(var values)) {
            values.forEach(this::selected);
        }
        if (parent.checks().severity() == Severity.ERROR) {
            parent.checks().required().stream()
                    .filter(required -> !gives(required))
                    .forEach(required -> problems.add(ProblemKind.CREATE_CHECK_MISSING.at(
                            path,
                            "A created record has no " + required + ", which checks.required of " + parent.name()
                                    + " asks for.",
                            "Give it a value.")));
        }
    }

    private void key(KeyAttribute attribute, TableShape shape) {
        var name = attribute.name();
        var given = attributes.get(name);
        if (attribute.equals(self)) {
            if (given != null) {
                problems.add(ProblemKind.CREATE_KEY.at(
                        path.to(name),
                        Quoted.of(name) + " of " + shape.table() + " holds the ids, which Rekey gives.",
                        "Remove it."));
            }
        } else if (given == null
                || (given instanceof ValueRule.Literal(var value) && !KeyCheck.fits(value, attribute.type()))) {
            problems.add(ProblemKind.CREATE_KEY.at(
                    path.to(name),
                    "A created record needs the key attribute " + Quoted.of(name) + " of " + shape.table()
                            + ", a value of type " + attribute.type() + " that is not empty.",
                    "Give it such a value."));
        }
    }

    /** A record that {@code where} leaves out does not move. What an expression gives is found when it is created. */
    private void selected(String name, AttributeValue value) {
        var given = attributes.get(name);
        boolean other =
                given == null || (given instanceof ValueRule.Literal(var literal) && !SameContent.same(literal, value));
        if (other && !name.equals(self.name())) {
            problems.add(ProblemKind.CREATE_LEFT_OUT.at(
                    path.to(name),
                    "The option where of " + parent.name()
                            + " leaves a created record out: it selects another value of " + Quoted.of(name) + ".",
                    "Give the created record the value that where selects."));
        }
    }

    /** Whether something else than null stands at {@code required}, as far as the plan tells. */
    private boolean gives(ReferencePath required) {
        var name = AttributeClaims.attribute(required);
        if (name.equals(self.name())) {
            return true;
        }
        return switch (attributes.get(name)) {
            case null -> false;
            case ValueRule.Literal(var value) ->
                gives(value, required.steps().subList(1, required.steps().size()));
            case ValueRule.Expression _, ValueRule.IfAbsent _, ValueRule.Through _ -> true;
        };
    }

    private static boolean gives(AttributeValue value, List<Step> steps) {
        if (steps.isEmpty()) {
            return value.type() != AttributeValue.Type.NUL;
        }
        return value.hasM()
                && steps.getFirst() instanceof Step.Field(var name)
                && value.m().containsKey(name)
                && gives(value.m().get(name), steps.subList(1, steps.size()));
    }
}
