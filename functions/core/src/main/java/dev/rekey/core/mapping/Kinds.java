package dev.rekey.core.mapping;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells which table of the plan a record of one physical table belongs to. A record that is mapped stays of its kind, so the
 * same question can be asked of the target. May be used by several threads at once.
 */
public final class Kinds {
    /** An answer. */
    public sealed interface Kind {
        record Of(TableName table) implements Kind {}

        /** The record belongs to no table of the plan. */
        record Unmatched() implements Kind {}

        /** @param tables two or more */
        record Ambiguous(List<TableName> tables) implements Kind {}
    }

    private record Candidate(Kind.Of kind, Map<String, AttributeValue> match) {}

    private final List<Candidate> candidates;

    private Kinds(List<Candidate> candidates) {
        this.candidates = candidates;
    }

    /** @param tables those of the plan that share one physical table, in the order of the plan */
    public static Kinds of(List<TablePlan> tables) {
        return new Kinds(tables.stream()
                .filter(table -> !table.isRest())
                .map(table -> new Candidate(
                        new Kind.Of(table.name()),
                        table.kind().map(KindOfRecords::match).orElse(Map.of())))
                .toList());
    }

    /** What {@code record} is. */
    public Kind of(Map<String, AttributeValue> record) {
        Kind first = new Kind.Unmatched();
        List<TableName> several = List.of();
        for (var candidate : candidates) {
            if (hasAll(record, candidate.match())) {
                if (first instanceof Kind.Of(var other)) {
                    several = several.isEmpty() ? new ArrayList<>(List.of(other)) : several;
                    several.add(candidate.kind().table());
                } else {
                    first = candidate.kind();
                }
            }
        }
        return several.isEmpty() ? first : new Kind.Ambiguous(List.copyOf(several));
    }

    /** Whether {@code record}, an item of the table's physical table, may belong to {@code table}. */
    public static boolean belongs(Map<String, AttributeValue> record, TablePlan table) {
        return table.kind()
                .map(KindOfRecords::match)
                .filter(match -> !hasAll(record, match))
                .isEmpty();
    }

    /** Whether {@code record} has every one of {@code values}. */
    static boolean hasAll(Map<String, AttributeValue> record, Map<String, AttributeValue> values) {
        for (var wanted : values.entrySet()) {
            var found = record.get(wanted.getKey());
            if (found == null || !SameContent.same(found, wanted.getValue())) {
                return false;
            }
        }
        return true;
    }
}
