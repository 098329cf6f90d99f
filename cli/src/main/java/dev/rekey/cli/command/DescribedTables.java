package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Account;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.check.PlanCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tables of a plan as the caller may see them, which fit the plan. */
record DescribedTables(Map<TableName, Optional<TableShape>> sources, Map<TableName, Optional<TableShape>> targets) {
    /**
     * @param verb what cannot be done if they do not fit
     * @throws UnfitPlan if they do not
     */
    static DescribedTables of(Account account, PlanFile file, String verb) {
        var plan = file.reading().plan();
        var described = described(account, plan);
        var problems = PlanCheck.check(plan, described.sources, described.targets);
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            throw new UnfitPlan(verb, file.path().getFileName(), problems);
        }
        return described;
    }

    private static DescribedTables described(Account account, Plan plan) {
        var sources = new HashMap<TableName, Optional<TableShape>>();
        var targets = new HashMap<TableName, Optional<TableShape>>();
        for (var table : plan.tables()) {
            if (!table.isInPlace()) {
                targets.put(table.name(), account.describe(plan.target(), table.target()));
            }
            sources.put(
                    table.name(),
                    switch (plan.source().location()) {
                        case Location.Tables _ -> account.describe(plan.source(), table.source());
                        case Location.Files _ -> targets.get(table.name()).map(shape -> shape.ofFiles(table.source()));
                    });
        }
        return new DescribedTables(sources, targets);
    }
}
