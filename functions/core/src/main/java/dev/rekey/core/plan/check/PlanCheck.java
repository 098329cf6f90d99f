package dev.rekey.core.plan.check;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares a plan with the tables it speaks of. */
public final class PlanCheck {
    /** A physical table in the whole world. */
    private record Located(String account, String region, PhysicalTable table) {}

    private final Plan plan;
    private final Map<TableName, Optional<TableShape>> sources;
    private final Map<TableName, Optional<TableShape>> targets;
    private final List<Problem> problems = new ArrayList<>();

    private PlanCheck(
            Plan plan, Map<TableName, Optional<TableShape>> sources, Map<TableName, Optional<TableShape>> targets) {
        this.plan = plan;
        this.sources = sources;
        this.targets = targets;
    }

    /**
     * All that does not fit.
     *
     * @param sources shape of each table of the plan in the source; empty if there is no such table
     * @param targets the same in the target
     */
    public static List<Problem> check(
            Plan plan, Map<TableName, Optional<TableShape>> sources, Map<TableName, Optional<TableShape>> targets) {
        var check = new PlanCheck(plan, sources, targets);
        check.namespace();
        check.existence();
        plan.tables().forEach(check::table);
        plan.tables().forEach(table -> ThroughCheck.keys(plan.tables(), table, present(sources), check.problems));
        plan.tables().forEach(table -> CreatedRecordCheck.check(plan, table, present(sources), check.problems));
        check.physicalTables();
        new FamilyCheck(plan, present(sources), check.problems).check();
        return List.copyOf(check.problems);
    }

    /** A run that has it is read and taken back as any other: only what is started anew is refused. */
    private void namespace() {
        if (plan.named().stream()
                .anyMatch(table -> table.identity() instanceof IdentityRule.Derive derive
                        && derive.namespace().equals(IdentityRule.Derive.NOT_CHOSEN))) {
            problems.add(
                    ProblemKind.IDENTITY_NAMESPACE_NOT_CHOSEN.at(
                            PlanPath.ROOT.to("identity").to("namespace"),
                            "The namespace is still " + IdentityRule.Derive.NOT_CHOSEN
                                    + ", as rekey init writes it. It decides all new ids.",
                            "Choose one, such as the name of the target, and use it for every part and repetition of the migration."));
        }
    }

    private void existence() {
        var named = plan.named();
        for (var table : named) {
            // What files there are, only reading them tells; they have the keys of the table that is written.
            if (table.file().isEmpty()) {
                missing(ProblemKind.TABLE_SOURCE_MISSING, table, sources, "source", table.source());
            }
            if (!table.isInPlace()) {
                missing(ProblemKind.TABLE_TARGET_MISSING, table, targets, "target", table.target());
            }
        }
    }

    private void missing(
            ProblemKind kind,
            TablePlan table,
            Map<TableName, Optional<TableShape>> shapes,
            String side,
            PhysicalTable physical) {
        if (shapes.getOrDefault(table.name(), Optional.empty()).isEmpty()) {
            problems.add(kind.at(
                    PlanPath.table(table.name()),
                    "The " + side + " has no table " + physical + ".",
                    create(kind, table)
                            + ", or correct " + side + ".tables, " + side + ".region, " + side + ".roleArn or "
                            + PlanPath.table(table.name()) + "." + side + "."));
        }
    }

    private static String create(ProblemKind kind, TablePlan table) {
        if (table.file().isPresent()) {
            return "Create it, for example with createTables and rekey tables --create";
        }
        return kind == ProblemKind.TABLE_TARGET_MISSING
                ? "Create it, for example with rekey tables --create"
                : "Create it";
    }

    private void table(TablePlan table) {
        if (table.isRest()) {
            // What holds of its physical table is said of the tables that share it.
            return;
        }
        var source = sources.getOrDefault(table.name(), Optional.empty());
        var target = targets.getOrDefault(table.name(), Optional.empty());
        source.ifPresent(shape -> {
            new KeyCheck(table, shape, problems).check();
            MergeCheck.check(plan, table, shape, problems);
        });
        if (table.isInPlace()) {
            source.ifPresent(shape -> {
                KeyCheck.indexes(table, shape, problems);
                KeyCheck.staysInPlace(plan, table, shape, problems);
                FollowersCheck.inPlace(plan, table, shape, problems);
                IndexCheck.planned(table, shape, problems);
            });
            return;
        }
        target.ifPresent(shape -> {
            FileCheck.types(table, shape, problems);
            KeyCheck.indexes(table, shape, problems);
            FollowersCheck.copied(plan, table, shape, problems);
            IndexCheck.planned(table, shape, problems);
        });
        if (source.isPresent() && target.isPresent()) {
            KeyCheck.sameKeys(table, source.get(), target.get(), problems);
            IndexCheck.sameIndexes(table, source.get(), target.get(), problems);
            TimeToLiveCheck.sameTimeToLive(table, source.get(), target.get(), problems);
        }
    }

    private void physicalTables() {
        var both = plan.tables().stream()
                .filter(table -> present(sources).containsKey(table.name()))
                .filter(table -> table.isInPlace() || present(targets).containsKey(table.name()))
                .toList();
        new PhysicalTables<Located>(both, (kind, path, message, hint) -> problems.add(kind.at(path, message, hint)))
                .checkWrittenAndRead(
                        table -> located(table, sources),
                        table -> located(table, table.isInPlace() ? sources : targets));
    }

    private static Located located(TablePlan table, Map<TableName, Optional<TableShape>> shapes) {
        var shape = shapes.get(table.name()).orElseThrow();
        return new Located(shape.account(), shape.region(), shape.table());
    }

    private static Map<TableName, TableShape> present(Map<TableName, Optional<TableShape>> shapes) {
        var present = new TreeMap<TableName, TableShape>();
        shapes.forEach((name, shape) -> shape.ifPresent(it -> present.put(name, it)));
        return present;
    }
}
