package dev.rekey.core.plan.check;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks which references create records, and in which tables. */
public final class CreatesCheck {
    private static final String ON_ABSENT = "onAbsent";
    private static final String CREATE = "create";

    private final List<TablePlan> tables;
    private final TablePlan table;
    private final Problems problems;

    private CreatesCheck(List<TablePlan> tables, TablePlan table, Problems problems) {
        this.tables = tables;
        this.table = table;
        this.problems = problems;
    }

    public static void check(List<TablePlan> tables, Problems problems) {
        tables.forEach(table -> new CreatesCheck(tables, table, problems).check());
    }

    private void check() {
        for (var reference : table.references()) {
            var path = at(table, reference);
            options(reference).forEach((option, attributes) -> created(reference, attributes, path.to(option)));
            if (reference.creates().forAbsent().isPresent()) {
                absent(reference, path.to(ON_ABSENT));
            }
        }
    }

    static PlanPath at(TablePlan table, Reference reference) {
        return PlanPath.table(table.name()).to("references").to(reference.path().text());
    }

    /** The attributes of the records that {@code reference} creates, by the option that says so. */
    static Map<String, Map<String, ValueRule>> options(Reference reference) {
        var options = new TreeMap<String, Map<String, ValueRule>>();
        reference.creates().forOrphan().ifPresent(attributes -> options.put("onOrphan", attributes));
        reference.creates().forAbsent().ifPresent(absent -> options.put(ON_ABSENT, absent.attributes()));
        return options;
    }

    private void created(Reference reference, Map<String, ValueRule> attributes, PlanPath path) {
        var family = reference.family();
        var parent = Referred.table(tables, family);
        if (parent.isEmpty() && problems.hasErrorAt(at(table, reference))) {
            // The plan does not have the family at all.
            return;
        }
        if (parent.isEmpty()) {
            problems.add(
                    ProblemKind.CREATE_NO_TABLE,
                    path,
                    Referred.tables(tables, family).isEmpty()
                            ? "No table of the plan has the ids of family " + family + "."
                            : "Several tables have ids of family " + family + ", and none of them has its name.",
                    "Name the family after the table in which the records are to be created.");
        } else if (parent.get().identity() instanceof IdentityRule.Lookup) {
            problems.add(
                    ProblemKind.CREATE_LOOKUP,
                    path,
                    "The new ids of family " + family + " come from a mapping, which has none for a created record.",
                    "Create the records before the migration, and add them to the mapping.");
        } else {
            parent.get().kind().ifPresent(kind -> kind(kind, parent.get(), attributes, path.to(CREATE)));
        }
    }

    /** A created record is of the kind of its table; what makes it one need not be said again. */
    private void kind(KindOfRecords kind, TablePlan parent, Map<String, ValueRule> attributes, PlanPath path) {
        kind.match().forEach((name, value) -> {
            var rule = attributes.get(name);
            boolean same =
                    rule == null || (rule instanceof ValueRule.Literal(var given) && SameContent.same(given, value));
            if (!same) {
                problems.add(
                        ProblemKind.CREATE_OTHER_KIND,
                        path.to(name),
                        "A created record of " + parent.name() + " has the value of match in " + Quoted.of(name)
                                + ", and create gives another one, or an expression.",
                        "Leave the attribute out.");
            }
        });
    }

    private void absent(Reference reference, PlanPath path) {
        var steps = reference.path().steps();
        if (steps.size() > 1 || !(steps.getFirst() instanceof Step.Field)) {
            problems.add(
                    ProblemKind.CREATE_ON_ABSENT,
                    path,
                    "The path " + reference.path() + " is not that of an attribute which holds one id.",
                    "onAbsent takes top-level attributes. Leave it out.");
        }
        if (reference.as().isPresent()) {
            problems.add(
                    ProblemKind.CREATE_ON_ABSENT,
                    path,
                    "The new id is written beside the old one, and an absent reference has no old one.",
                    "Remove as or onAbsent.");
        }
        if (leadsBack(reference)) {
            problems.add(
                    ProblemKind.CREATE_CIRCLE,
                    path,
                    "A created record of family " + reference.family() + " can need a record of " + table.name()
                            + " to be created, which can need it in turn.",
                    "Remove onAbsent from one of these references.");
        }
    }

    /** Whether what is created can need a record of this table to be created. */
    private boolean leadsBack(Reference reference) {
        var reached = new HashSet<TableName>();
        var open = new ArrayDeque<>(parents(Stream.of(reference)));
        while (!open.isEmpty()) {
            var parent = open.pop();
            if (reached.add(parent.name())) {
                open.addAll(parents(parent.references().stream()));
            }
        }
        return reached.contains(table.name());
    }

    private List<TablePlan> parents(Stream<Reference> references) {
        return references
                .filter(reference -> reference.creates().forAbsent().isPresent())
                .flatMap(reference -> Referred.table(tables, reference.family()).stream())
                .toList();
    }
}
