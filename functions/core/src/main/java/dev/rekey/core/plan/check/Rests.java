package dev.rekey.core.plan.check;

import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to the tables of a plan one for each physical table that several of them share: it takes the records that belong to
 * none of them, under the name that {@code from} gives. Nothing in such a record changes.
 */
public final class Rests {
    private Rests() {}

    public static List<TablePlan> with(List<TablePlan> tables) {
        var first = new LinkedHashMap<TableName, TablePlan>();
        tables.forEach(table -> table.kind().ifPresent(kind -> first.putIfAbsent(kind.from(), table)));
        var all = new ArrayList<>(tables);
        first.forEach((from, table) -> all.add(rest(from, table)));
        return all;
    }

    private static TablePlan rest(TableName from, TablePlan of) {
        var kind = KindOfRecords.rest(from, of.kind().orElseThrow().unmatched());
        return new TablePlan(
                from,
                new TablePlan.Placement(
                        of.source(), of.target(), of.mode(), Optional.of(kind), List.of(), Optional.empty()),
                new TablePlan.Identities(new FamilyName(from.value()), new IdentityRule.Keep(), Map.of(), List.of()),
                new TablePlan.Content(new Where.Everything(), Map.of(), Map.of(), Set.of()),
                of.conflicts(),
                Checks.NONE);
    }
}
