package dev.rekey.engine.workflow;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.Problem;
import dev.rekey.engine.scan.TableSource;
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

/** Looks at the tables of a plan, and notes every permission that is missing instead of ending with the first. */
final class Access {
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
     * in place has none in the target.
     */
    Map<TableName, Optional<TableShape>> describe(Plan plan, boolean source) {
        var tables = new TableSource(sides.of(source ? plan.source() : plan.target()), invocation);
        return all(plan, source ? "source" : "target", table -> {
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
     * Notes what the run would need to write and is denied, where the plan names the role that all functions assume: in the
     * targets, and in the sources that are changed in place. Without one each function has a role of its own, and this one
     * may not write to any table.
     */
    void tryToWrite(Plan plan, Map<TableName, TableShape> target) {
        tryToWrite(plan, "target", Writing.ITEMS, target);
        tryToWrite(plan, "source", Writing.ATTRIBUTES, target);
    }

    private void tryToWrite(Plan plan, String name, Writing writing, Map<TableName, TableShape> target) {
        boolean inPlace = writing == Writing.ATTRIBUTES;
        var side = inPlace ? plan.source() : plan.target();
        if (side.roleArn().isEmpty()) {
            return;
        }
        var tables = sides.of(side);
        var _ = all(plan, name, table -> {
            var shape = target.get(table.name());
            return new Answer<>(
                    shape,
                    table.isInPlace() == inPlace
                            ? invocation.backoff().retry(() -> tables.deniedToWriter(shape, writing))
                            : List.of());
        });
    }

    private interface Question<T> {
        Answer<T> ask(TablePlan table);
    }

    private <T> Map<TableName, T> all(Plan plan, String side, Question<T> question) {
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
            denials.forEach(denial -> denied.add(problem(name, side, denial)));
        }
        return byName;
    }

    private static Problem problem(TableName table, String side, String denial) {
        return new Problem(
                Severity.ERROR,
                "permission.denied",
                "tables." + table,
                denial,
                "Grant it to the functions' role, or to " + side + ".roleArn if the plan has one.");
    }
}
