package dev.rekey.engine.analyze;

import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Unmatched;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The places of a table's records where ids may stand that the plan does not know of. */
final class UndeclaredValues {
    private static final Set<String> SEARCHING = Set.of(Action.ANALYZE.word(), Action.MIGRATE.word());

    private UndeclaredValues() {}

    /**
     * For one page. A validation or a test does not look for them, which costs time that need not be taken, and notes the
     * ids only with which composite values are compared; empty if there are none to compare.
     */
    static Optional<SeenValues> of(RunContext run, TableName table) {
        if (!SEARCHING.contains(run.manifest().action())
                && !isCopiedAsItIs(run.plan().table(table))) {
            return UndecidedKeys.anywhere(run)
                            || run.plan().tables().stream().anyMatch(UndeclaredValues::isCopiedAsItIs)
                    ? Optional.of(new SeenValues(table, Set.of(), _ -> true))
                    : Optional.empty();
        }
        var types = run.families().rules().stream()
                .map(rule -> rule.family().type())
                .collect(Collectors.toSet());
        var known = known(run, table);
        return Optional.of(new SeenValues(table, types, known::contains));
    }

    /** Whether old ids in the table's records would get into the target, because no rule of the plan is about them. */
    static boolean isCopiedAsItIs(TablePlan table) {
        return table.isRest()
                && !table.isInPlace()
                && table.kind().map(KindOfRecords::unmatched).equals(Optional.of(Unmatched.COPY));
    }

    /** What the plan leaves out or replaces. What stands at its references may be ids of others than it says. */
    private static Set<List<Step>> known(RunContext run, TableName name) {
        var table = run.plan().table(name);
        var known = new HashSet<List<Step>>();
        table.references()
                .forEach(reference ->
                        reference.as().ifPresent(as -> known.add(List.of(new Step.Field(as.attribute())))));
        // Who keeps a part of a key has decided about the ids in it.
        table.key().forEach((attribute, role) -> {
            if (role instanceof KeyRole.Keep) {
                known.add(List.of(new Step.Field(attribute)));
            }
        });
        table.drop().forEach(attribute -> known.add(List.of(new Step.Field(attribute))));
        table.set().forEach((attribute, rule) -> {
            // Where setIfAbsent finds a value, it stays.
            if (!(rule instanceof ValueRule.IfAbsent)) {
                known.add(List.of(new Step.Field(attribute)));
            }
        });
        return known;
    }
}
