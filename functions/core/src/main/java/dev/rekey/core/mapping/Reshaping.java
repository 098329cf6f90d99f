package dev.rekey.core.mapping;

import dev.rekey.core.item.InOrder;
import dev.rekey.core.plan.TablePlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code rename}, {@code drop} and {@code set} of a table. Renames and drops speak of the source's names and happen
 * all at once, so two attributes can swap their names; sets speak of the target's names.
 */
final class Reshaping {
    private final boolean inPlace;
    private final Map<String, String> rename;
    private final Set<String> drop;
    private final Map<String, Setter> set;

    Reshaping(TablePlan table, Instant runStartedAt, Throughs throughs) {
        inPlace = table.isInPlace();
        rename = Map.copyOf(table.rename());
        drop = Set.copyOf(table.drop());
        set = Setter.of(table, runStartedAt, throughs);
    }

    /**
     * @param rewritten the source record with its new ids
     * @param source the record as it was read
     * @return {@code rewritten} itself if the table has no such rules
     */
    Map<String, AttributeValue> apply(Map<String, AttributeValue> rewritten, Map<String, AttributeValue> source) {
        if (rename.isEmpty() && drop.isEmpty() && set.isEmpty()) {
            return rewritten;
        }
        var item = renamed(rewritten);
        var inputs = new Inputs(source);
        for (var setter : set.entrySet()) {
            var name = setter.getKey();
            setter.getValue()
                    .apply(
                            inputs,
                            item.get(name),
                            value -> value.ifPresentOrElse(now -> item.put(name, now), () -> item.remove(name)));
        }
        return item;
    }

    /** {@code record}, which was read in the source, with the names that the plan reads. */
    Map<String, AttributeValue> asInSource(Map<String, AttributeValue> record) {
        return inPlace ? namedAsBefore(record) : record;
    }

    /** {@code record} with the names that its attributes had; one whose old name is taken keeps its new one. */
    Map<String, AttributeValue> namedAsBefore(Map<String, AttributeValue> record) {
        if (rename.isEmpty()) {
            return record;
        }
        var before = new HashMap<>(record);
        rename.forEach((from, to) -> {
            var value = before.get(to);
            if (value != null && before.putIfAbsent(from, value) == null) {
                before.remove(to);
            }
        });
        return before;
    }

    private Map<String, AttributeValue> renamed(Map<String, AttributeValue> rewritten) {
        var item = new HashMap<String, AttributeValue>();
        for (var attribute : InOrder.map(rewritten).entrySet()) {
            var name = attribute.getKey();
            if (!drop.contains(name)) {
                var now = rename.getOrDefault(name, name);
                if (item.put(now, attribute.getValue()) != null) {
                    throw new UnmappableException(
                            "mapping.rename", now, "two attributes of the new record would have this name");
                }
            }
        }
        return item;
    }
}
