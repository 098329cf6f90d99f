package dev.rekey.core.plan.check;

import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Checks the tables of a plan that share a physical table. */
public final class KindCheck {
    private static final Map<String, Function<TablePlan, Object>> COMMON = new LinkedHashMap<>();

    static {
        COMMON.put("mode", TablePlan::isInPlace);
        COMMON.put("target", TablePlan::target);
        COMMON.put("onConflict", TablePlan::onConflict);
        COMMON.put("onDrift", TablePlan::onDrift);
    }

    private final Node.Fields root;
    private final Problems problems;

    private KindCheck(Node.Fields root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    public static void check(Node.Fields root, List<TablePlan> tables, Problems problems) {
        new KindCheck(root, problems).check(tables);
    }

    private void check(List<TablePlan> tables) {
        var first = new LinkedHashMap<TableName, TablePlan>();
        for (var table : tables) {
            options(table);
            table.kind().ifPresent(kind -> {
                nameIsFree(kind, table, tables);
                var other = first.putIfAbsent(kind.from(), table);
                if (other != null) {
                    common(other, table);
                }
            });
        }
        for (int i = 0; i < tables.size(); i++) {
            for (int j = i + 1; j < tables.size(); j++) {
                overlap(tables.get(i), tables.get(j));
                changed(tables.get(i), tables.get(j));
                changed(tables.get(j), tables.get(i));
                marked(tables.get(i), tables.get(j));
                marked(tables.get(j), tables.get(i));
            }
        }
        if (root.has("unmatched") && first.isEmpty()) {
            problems.add(
                    ProblemKind.KIND_UNMATCHED_UNUSED,
                    PlanPath.ROOT.to("unmatched"),
                    "No table of the plan has the option from, so no record is unmatched.",
                    "Remove unmatched, or name the physical table of several tables with from.");
        }
    }

    private void options(TablePlan table) {
        var path = PlanPath.table(table.name());
        var options = root.fields("tables").fields(table.name().value());
        if (options.has("from") && options.has("source")) {
            problems.add(
                    ProblemKind.KIND_FROM_AND_SOURCE,
                    path.to("from"),
                    "Both from and source name the physical table.",
                    "Keep one of them: from for a table that several tables of the plan share, source for an exact name.");
        }
        if (options.has("match") && !options.has("from")) {
            problems.add(
                    ProblemKind.KIND_MATCH_WITHOUT_FROM,
                    path.to("match"),
                    "The option match is given without from.",
                    "Name the physical table with from. To select records of a table of its own, use where.");
        }
    }

    /** Segments and the log are stored under the name of the physical table, counts under that of the table. */
    private void nameIsFree(KindOfRecords kind, TablePlan table, List<TablePlan> tables) {
        if (tables.stream().anyMatch(other -> other.name().equals(kind.from()))) {
            problems.add(
                    ProblemKind.KIND_NAME_TAKEN,
                    PlanPath.table(table.name()).to("from"),
                    "The plan has a table " + kind.from() + ", and from names a physical table so.",
                    "Give the table another name in the plan; identity.family keeps its ids as they are.");
        }
    }

    private void common(TablePlan one, TablePlan other) {
        COMMON.forEach((option, value) -> {
            if (!value.apply(one).equals(value.apply(other))) {
                problems.add(
                        ProblemKind.KIND_TABLES_DIFFER,
                        PlanPath.table(other.name()).to(option),
                        "The tables " + one.name() + " and " + other.name() + " share a physical table and differ in "
                                + option + ".",
                        "Use the same " + option + " for both.");
            }
        });
    }

    /** Whether both say with {@code from} that they share a physical table. */
    static boolean share(TablePlan one, TablePlan other) {
        var from = one.kind().map(KindOfRecords::from);
        return from.isPresent() && from.equals(other.kind().map(KindOfRecords::from));
    }

    /** A record of {@code writer} must not become one of {@code other}: the target could not be told apart again. */
    private void changed(TablePlan writer, TablePlan other) {
        if (!share(writer, other)) {
            return;
        }
        var own = writer.kind().orElseThrow().match().keySet();
        var written = written(writer);
        other.kind().orElseThrow().match().keySet().stream()
                .filter(name -> written.contains(name) && !own.contains(name))
                .forEach(name -> problems.add(
                        ProblemKind.KIND_MATCH_CHANGED,
                        PlanPath.table(writer.name()),
                        "The rules of " + writer.name() + " change the attribute " + Quoted.of(name)
                                + ", by which records of " + other.name() + " are told apart.",
                        "Match " + other.name() + " by another attribute, or remove the rule."));
    }

    /** A record that is merged away must not become one of {@code other}, as far as the plan itself tells. */
    private void marked(TablePlan writer, TablePlan other) {
        if (!share(writer, other)) {
            return;
        }
        var match = other.kind().orElseThrow().match();
        writer.merge()
                .ifPresent(merge -> merge.set().forEach((name, rule) -> {
                    if (rule instanceof ValueRule.Literal(var value) && value.equals(match.get(name))) {
                        problems.add(
                                ProblemKind.KIND_MATCH_CHANGED,
                                PlanPath.table(writer.name())
                                        .to("merged")
                                        .to("set")
                                        .to(name),
                                "A merged record of " + writer.name() + " would be one of " + other.name()
                                        + ", which matches " + Quoted.of(name) + ".",
                                "Set another value.");
                    }
                }));
    }

    private static Set<String> written(TablePlan table) {
        var written = new HashSet<>(table.set().keySet());
        table.rename().forEach((from, to) -> written.addAll(List.of(from, to)));
        written.addAll(table.drop());
        table.references()
                .forEach(reference -> written.add(reference
                        .as()
                        .map(Reference.Beside::attribute)
                        .orElseGet(() -> AttributeClaims.attribute(reference.path()))));
        return written;
    }

    private void overlap(TablePlan one, TablePlan other) {
        if (!share(one, other)) {
            return;
        }
        if (includes(one, other)) {
            within(other, one);
        } else if (includes(other, one)) {
            within(one, other);
        }
    }

    private void within(TablePlan narrow, TablePlan wide) {
        problems.add(
                ProblemKind.KIND_MATCHES_OVERLAP,
                PlanPath.table(narrow.name()).to("match"),
                "Every record of " + narrow.name() + " is also one of " + wide.name() + ".",
                "Tell the tables apart: give each a match with another value of the same attribute.");
    }

    /** Whether {@code wide} takes every record that {@code narrow} takes. */
    private static boolean includes(TablePlan wide, TablePlan narrow) {
        return narrow.kind()
                .orElseThrow()
                .match()
                .entrySet()
                .containsAll(wide.kind().orElseThrow().match().entrySet());
    }
}
