package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.List;
import java.util.OptionalInt;

/** Reads how the ids of tables change: a table's own options before the plan's. */
final class IdentityReading {
    private static final String IDENTITY = "identity";
    private static final PlanPath DEFAULT = PlanPath.ROOT.to(IDENTITY);
    private static final List<String> RULES = List.of("derive", "keep");
    /** Of no use: an error says that the plan does not tell. */
    private static final IdentityRule ANYTHING = new IdentityRule.Keep();

    private final Node.Fields root;
    private final Node.Fields defaults;
    private final List<DeclaredFamily> declared;
    private final Problems problems;

    IdentityReading(Node.Fields root, List<DeclaredFamily> declared, Problems problems) {
        this.root = root;
        this.defaults = root.fields(IDENTITY);
        this.declared = List.copyOf(declared);
        this.problems = problems;
    }

    static FamilyName family(TableName table, Node.Fields options) {
        return new FamilyName(options.fields(IDENTITY).text("family").orElse(table.value()));
    }

    /** How the ids of {@code table} change; anything, once a problem says that the plan does not tell. */
    IdentityRule rule(TableName table, Node.Fields options, Mode mode) {
        var family = family(table, options);
        return declared.stream()
                .filter(one -> one.name().equals(family))
                .findFirst()
                .map(one -> declared(one, table, options))
                .orElseGet(() -> ownRule(table, options, mode));
    }

    private IdentityRule declared(DeclaredFamily family, TableName table, Node.Fields options) {
        if (options.fields(IDENTITY).has("rule")) {
            problems.add(
                    ProblemKind.FAMILY_RULES_DIFFER,
                    PlanPath.table(table).to(IDENTITY).to("rule"),
                    "The table " + table + " belongs to the family " + family.name()
                            + ", whose rule is under families.",
                    "Remove the rule, or give the table another family.");
        }
        return family.rule();
    }

    private IdentityRule ownRule(TableName table, Node.Fields options, Mode mode) {
        var own = options.fields(IDENTITY);
        var from = own.has("rule") ? own : defaults;
        if (!from.has("rule") && mode instanceof Mode.InPlace) {
            // Keys cannot change in place.
            return new IdentityRule.Keep();
        }
        if (!from.has("rule") && wellFormed(options) && wellFormed(root)) {
            problems.add(
                    ProblemKind.IDENTITY_RULE_MISSING,
                    DEFAULT,
                    "The plan does not define how ids change.",
                    "Add identity: { rule: derive, namespace: … } or identity: { rule: keep }, here or in each table.");
        }
        var where = own.has("rule") ? PlanPath.table(table).to(IDENTITY) : DEFAULT;
        var rule = from.text("rule");
        if (rule.isEmpty()) {
            return ANYTHING;
        }
        return switch (rule.get()) {
            case "derive" -> derive(own, where);
            case "keep" -> keep(table, own);
            default -> unknown(rule.get(), where.to("rule"));
        };
    }

    /** The schema refuses it first, and knows more: but no value that the schema learns may be read as another rule. */
    private IdentityRule unknown(String rule, PlanPath path) {
        if (!problems.hasErrorAt(path)) {
            problems.add(
                    ProblemKind.OPTION_UNKNOWN_VALUE,
                    path,
                    Quoted.of(rule) + " is not a valid value of this option.",
                    NearestName.hint(rule, RULES));
        }
        return ANYTHING;
    }

    private static boolean wellFormed(Node.Fields node) {
        return !node.has(IDENTITY) || node.values().get(IDENTITY) instanceof Node.Fields;
    }

    private IdentityRule derive(Node.Fields own, PlanPath where) {
        var namespace = own.text("namespace").or(() -> defaults.text("namespace"));
        if (!own.has("namespace") && !defaults.has("namespace")) {
            problems.add(
                    ProblemKind.IDENTITY_NAMESPACE_MISSING,
                    where,
                    "The rule derive has no namespace.",
                    "Add namespace: a text that separates the ids of this migration from others.");
        }
        var digits = own.has("digits") ? digits(own) : digits(defaults);
        return new IdentityRule.Derive(namespace.orElse(""), digits);
    }

    private IdentityRule keep(TableName table, Node.Fields own) {
        for (var option : List.of("namespace", "digits")) {
            if (own.has(option)) {
                problems.add(
                        ProblemKind.IDENTITY_UNUSED_OPTION,
                        PlanPath.table(table).to(IDENTITY).to(option),
                        "The rule keep does not use " + option + ".",
                        "Remove it, or use the rule derive.");
            }
        }
        return new IdentityRule.Keep();
    }

    private static OptionalInt digits(Node.Fields node) {
        return WholeNumber.in(node, "digits", 1, 38);
    }
}
