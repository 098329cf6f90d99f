package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.status.KnownRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The part of a plan that a run works on. */
final class ScopeOptions {
    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Work only on this table, by its name in the plan. Repeat the option for more.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--without",
            paramLabel = "TABLE",
            description = "Leave this table out, by its name in the plan, also where it refers to records that change."
                    + " Repeat the option for more.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "ATTRIBUTE=VALUE",
            description =
                    "Work only on records with this value: a string, a number, true or false. Repeat the option for more.")
    private Map<String, String> where = new LinkedHashMap<>();

    /**
     * What was asked for.
     *
     * @param verb what cannot be done otherwise
     * @throws CommandFailure if the plan has no such table
     */
    Scope of(Plan plan, String verb) {
        if (!tables.isEmpty() && !without.isEmpty()) {
            throw CommandFailure.usage("Cannot " + verb + ": --table and --without cannot be combined. Nothing was"
                    + " started. Name the tables to work on, or those to leave out.");
        }
        return among(
                plan.tables().stream().map(TablePlan::name).sorted().toList(),
                verb,
                "plan " + plan.name().value());
    }

    /**
     * What was asked for of a run.
     *
     * @throws CommandFailure if the run has no such table
     */
    Scope of(KnownRun run, String verb) {
        if (!without.isEmpty()) {
            throw CommandFailure.usage("Cannot " + verb + ": --without chooses the tables of a run when it begins."
                    + " Nothing was started. Name tables with --table.");
        }
        return among(List.copyOf(run.manifest().named()), verb, "the run");
    }

    private Scope among(List<TableName> known, String verb, String whose) {
        var scope = new Scope(names(tables), names(without), where);
        Stream.concat(scope.tables().stream(), scope.without().stream())
                .filter(table -> !known.contains(table))
                .findFirst()
                .ifPresent(table -> {
                    throw UnknownTable.of(verb, whose, table, known);
                });
        return scope;
    }

    private static List<TableName> names(List<String> tables) {
        return tables.stream().map(TableName::new).toList();
    }

    /** {@code plan} for the tables in the scope. */
    Plan part(Plan plan) {
        var scope = new Scope(names(tables), names(without), where);
        return plan.only(plan.tables().stream()
                .filter(table -> !table.isRest() || scope.tables().contains(table.name()))
                .map(TablePlan::name)
                .filter(scope::includes)
                .collect(Collectors.toSet()));
    }

    /** The scope in words, a line for tables and one for values. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        if (!tables.isEmpty()) {
            lines.add("Only tables: " + Wording.list(tables) + ".");
        }
        if (!without.isEmpty()) {
            lines.add("Without tables: " + Wording.list(without) + ".");
        }
        if (!where.isEmpty()) {
            var values = where.entrySet().stream()
                    .map(one -> one.getKey() + " = " + one.getValue())
                    .toList();
            lines.add("Only records with " + Wording.list(values) + ".");
        }
        return lines;
    }
}
