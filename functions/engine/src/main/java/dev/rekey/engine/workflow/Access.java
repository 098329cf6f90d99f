package dev.rekey.engine.workflow;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables.Writing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Looks at the tables of a plan, and notes every permission that is missing instead of ending with the first. */
final class Access {
    private static final String KEY = "allowed kms:";
    private static final String ASSUME = "allowed sts:AssumeRole ";

    private final Sides sides;
    private final Invocation invocation;
    private final List<Problem> denied = new ArrayList<>();

    /** What is asked of one table. */
    private record Answer<T>(T value, List<String> denials) {}

    Access(Sides sides, Invocation invocation) {
        this.sides = sides;
        this.invocation = invocation;
    }

    /** What was denied so far. */
    List<Problem> denied() {
        return List.copyOf(denied);
    }

    /**
     * The shape of each source or target table; empty if there is no such table, or it may not be looked at. What is changed
     * in place has none in the target. Files have the shape of the table that their records go to.
     */
    Map<TableName, Optional<TableShape>> describe(Plan plan, boolean source) {
        if (source && plan.source().location() instanceof Location.Files) {
            var targets = describe(plan, false);
            var files = new HashMap<TableName, Optional<TableShape>>();
            for (var table : plan.tables()) {
                files.put(table.name(), targets.get(table.name()).map(shape -> shape.ofFiles(table.source())));
            }
            return files;
        }
        var side = source ? plan.source() : plan.target();
        var tables = new Sources(sides, invocation).of(side);
        var own = "Add the table to %s of the stack, which grants it to all functions, and deploy again."
                .formatted(source ? "SourceTableArns" : "TargetTableArns");
        return all(plan, denial -> grant(plan, source, denial, own), table -> {
            if (!source && table.isInPlace()) {
                return new Answer<>(Optional.empty(), List.of());
            }
            var physical = source ? table.source() : table.target();
            try {
                return new Answer<>(tables.describe(physical), List.of());
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.DENIED) {
                    return new Answer<>(Optional.empty(), List.of(e.getMessage()));
                }
                throw e;
            }
        });
    }

    /**
     * Notes what the run would need to write and is denied, in the targets and in the sources that are changed in place.
     *
     * @param writer the function that asks and will write; empty for one that may not write itself. It asks only where the
     *     plan names the role that all functions assume
     */
    void tryToWrite(Plan plan, Map<TableName, TableShape> target, Optional<String> writer) {
        tryToWrite(plan, Writing.ITEMS, target, writer);
        tryToWrite(plan, Writing.ATTRIBUTES, target, writer);
    }

    private void tryToWrite(Plan plan, Writing writing, Map<TableName, TableShape> target, Optional<String> writer) {
        boolean inPlace = writing == Writing.ATTRIBUTES;
        var side = inPlace ? plan.source() : plan.target();
        if (side.roleArn().isEmpty() && writer.isEmpty()) {
            return;
        }
        var tables = sides.of(side);
        var parameter = inPlace ? "SourceTableArns and InPlaceTableArns" : "TargetTableArns";
        var own = "Add the table to %s of the stack, which grants it to the function %s, and deploy again."
                .formatted(parameter, writer.orElse(""));
        var _ = all(plan, denial -> grant(plan, inPlace, denial, own), table -> {
            var shape = target.get(table.name());
            return new Answer<>(
                    shape,
                    table.isInPlace() == inPlace && !table.name().isPart()
                            ? invocation.backoff().retry(() -> tables.deniedToWriter(shape, writing))
                            : List.of());
        });
    }

    /** The tables that the functions' own roles would write to, and that the stack's parameters do not name. */
    static List<Problem> notGranted(Plan plan, Map<TableName, TableShape> target, GrantedTables granted) {
        return Stream.concat(
                        plan.source().roleArn().isPresent() ? Stream.of() : plan.inPlace().stream(),
                        plan.target().roleArn().isPresent()
                                ? Stream.of()
                                : plan.tables().stream()
                                        .filter(table -> !plan.inPlace().contains(table)))
                .filter(table -> target.containsKey(table.name()))
                .flatMap(table -> notGranted(
                        table, target.get(table.name()), plan.inPlace().contains(table), granted))
                .toList();
    }

    private static Stream<Problem> notGranted(
            TablePlan table, TableShape shape, boolean inPlace, GrantedTables granted) {
        return granted.include(shape, inPlace)
                ? Stream.of()
                : Stream.of(new Problem(
                        Severity.WARNING,
                        "permission.not-granted",
                        "tables." + table.name(),
                        "No parameter of the stack lets its functions write to the table " + shape.table() + ".",
                        "Add the table to " + (inPlace ? "InPlaceTableArns" : "TargetTableArns")
                                + " of the stack before a migration, as 'rekey policy --parameters' does."));
    }

    /**
     * Who grants what was denied. A denial names the action: on the way to a table, a role is assumed and a key is used.
     *
     * @param own the hint for a table of the stack's account
     */
    private static String grant(Plan plan, boolean source, String denial, String own) {
        var side = source ? plan.source() : plan.target();
        if (side.roleArn().isEmpty()) {
            return denial.contains(KEY)
                    ? "Add the key to TableKeyArns of the stack and deploy again. The key's own policy must allow it, too."
                    : own;
        }
        if (!denial.contains(ASSUME)) {
            return "Grant it to the role that %s.roleArn names.".formatted(source ? "source" : "target");
        }
        var parameter = source && plan.inPlace().isEmpty() ? "SourceRoleArns" : "TargetRoleArns";
        return ("Add the role to %s of the stack and deploy again. The role's trust policy must admit the functions, as"
                        + " 'rekey policy' prints it.")
                .formatted(parameter);
    }

    private interface Question<T> {
        Answer<T> ask(TablePlan table);
    }

    private <T> Map<TableName, T> all(Plan plan, UnaryOperator<String> hint, Question<T> question) {
        var work = new ArrayList<Supplier<Answer<T>>>();
        plan.tables().forEach(table -> work.add(() -> question.ask(table)));
        var answers = invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE);
        var byName = new HashMap<TableName, T>();
        for (int i = 0; i < answers.size(); i++) {
            var table = plan.tables().get(i);
            var name = table.name();
            byName.put(name, answers.get(i).value());
            // What is denied of a physical table is said of the tables that share it.
            var denials = table.isRest() ? List.<String>of() : answers.get(i).denials();
            denials.forEach(denial -> denied.add(problem(name, denial, hint.apply(denial))));
        }
        return byName;
    }

    private static Problem problem(TableName table, String denial, String hint) {
        return new Problem(Severity.ERROR, "permission.denied", "tables." + table, denial, hint);
    }
}
