package dev.rekey.core.plan.check;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.IndexPlan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the indexes that the table which is written has with those that it should have. */
final class IndexCheck {
    private IndexCheck() {}

    /**
     * An index that the target lacks stops no record, so it is a warning: queries of it will fail.
     * An index that only the target has is its own business, and so is one that the plan describes otherwise.
     */
    static void sameIndexes(TablePlan table, TableShape source, TableShape target, List<Problem> problems) {
        var path = PlanPath.table(table.name());
        var planned = table.indexes().stream().map(IndexPlan::name).collect(Collectors.toSet());
        var expected = new TreeMap<>(source.indexes());
        expected.keySet().removeAll(planned);
        expected.forEach((index, keys) -> {
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

    /** @param written the target, in place the source */
    static void planned(TablePlan table, TableShape written, List<Problem> problems) {
        for (var index : table.indexes()) {
            var path = PlanPath.table(table.name()).to("indexes").to(index.name());
            var there = written.indexes().get(index.name());
            if (there == null) {
                problems.add(ProblemKind.INDEX_MISSING.at(
                        path,
                        "The table " + written.table() + " has no index " + index.name() + ".",
                        table.isInPlace()
                                ? "Create it; rekey tables creates no index of a table that is changed in place."
                                : "Create it, or run rekey tables with --create."));
            } else if (!fits(index, there)) {
                problems.add(ProblemKind.INDEX_KEYS_DIFFER.at(
                        path,
                        "The plan asks for the key " + described(index) + ", and the index " + index.name() + " of "
                                + written.table() + " has the key " + KeyCheck.described(there) + ".",
                        "Correct the plan, or delete the index and create it again."));
            }
        }
    }

    private static boolean fits(IndexPlan index, List<KeyAttribute> there) {
        var wanted = index.key();
        if (wanted.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            var type = there.get(i).type();
            if (!wanted.get(i).attribute().equals(there.get(i).name())
                    || wanted.get(i).type().orElse(type) != type) {
                return false;
            }
        }
        return true;
    }

    private static String described(IndexPlan index) {
        return index.key().stream()
                .map(part -> part.attribute()
                        + part.type().map(type -> " (" + type + ")").orElse(""))
                .collect(Collectors.joining(" and "));
    }
}
