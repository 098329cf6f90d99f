package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The family whose ids are asked for.
 *
 * @param table that the user named, or the first of the family; empty for a family of references only
 */
record IdFamily(FamilyName name, IdentityRule rule, Optional<TablePlan> table) {
    /** @throws CommandFailure if the plan has no such table */
    static IdFamily ofTable(Plan plan, String table) {
        var found = TestCommand.tableOf(plan, "compute an id", table);
        return new IdFamily(found.family(), found.identity(), Optional.of(found));
    }

    /** @throws CommandFailure if the plan has no such family */
    static IdFamily of(Plan plan, String family) {
        var name = new FamilyName(family);
        var rule = plan.rule(name)
                .orElseThrow(() -> CommandFailure.usage(
                        "Cannot compute an id of family %s: the plan %s has no such family. Nothing was started. Use one of: %s."
                                .formatted(family, plan.name().value(), names(plan))));
        var table =
                plan.named().stream().filter(each -> each.family().equals(name)).findFirst();
        return new IdFamily(name, rule, table);
    }

    private static String names(Plan plan) {
        var declared = plan.declared().families().stream().map(DeclaredFamily::name);
        return Stream.concat(declared, plan.named().stream().map(TablePlan::family))
                .map(FamilyName::value)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
