package dev.rekey.core.plan.reading;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TablePlan;
import java.util.List;
import java.util.TreeMap;

/** Compares the indexes of a source table with those of its target. */
final class IndexCheck {
    private IndexCheck() {}

    /**
     * An index that the target lacks stops no record, so it is a warning: queries of it will fail.
     * An index that only the target has is its own business.
     */
    static void sameIndexes(TablePlan table, TableShape source, TableShape target, List<Problem> problems) {
        var path = PlanPath.table(table.name());
        new TreeMap<>(source.indexes()).forEach((index, keys) -> {
            var there = target.indexes().get(index);
            var wanted = keys.stream()
                    .map(key -> new KeyAttribute(table.rename().getOrDefault(key.name(), key.name()), key.type()))
                    .toList();
            if (there == null) {
                problems.add(ProblemKind.INDEX_MISSING.at(
                        path,
                        "The source " + source.table() + " has the index " + index + ", the target " + target.table()
                                + " has no index with this name.",
                        "Create it in the target if it is queried there."));
            } else if (!there.equals(wanted)) {
                problems.add(ProblemKind.INDEX_KEYS_DIFFER.at(
                        path,
                        "The key of the index " + index + " of the source " + source.table() + " becomes "
                                + KeyCheck.described(wanted) + ", that of the target " + target.table() + " is "
                                + KeyCheck.described(there) + ".",
                        "Create the target's index with the same key if the same queries are used there."));
            }
        });
    }
}
