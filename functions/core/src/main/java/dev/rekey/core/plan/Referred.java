package dev.rekey.core.plan;

import java.util.List;
import java.util.Optional;

/** Finds what a value that is taken through a reference comes from. */
public final class Referred {
    private Referred() {}

    /** The family of the reference of {@code table} that has {@code path}, in its references or its key. */
    public static Optional<FamilyName> family(TablePlan table, ReferencePath path) {
        return table.references().stream()
                .filter(reference -> reference.path().steps().equals(path.steps()))
                .map(Reference::family)
                .findFirst()
                .or(() -> inKey(table, path));
    }

    private static Optional<FamilyName> inKey(TablePlan table, ReferencePath path) {
        return path.steps().size() == 1
                        && path.steps().getFirst() instanceof ReferencePath.Step.Field(var name)
                        && table.key().get(name) instanceof KeyRole.Refers(var family)
                ? Optional.of(family)
                : Optional.empty();
    }

    /** The tables whose records have ids of {@code family}. */
    public static List<TablePlan> tables(List<TablePlan> all, FamilyName family) {
        return all.stream()
                .filter(table -> !table.isRest() && !table.name().isPart())
                .filter(table -> table.family().equals(family))
                .toList();
    }

    /** The one table whose records are meant: the only one of the family, or the one that it has its name of. */
    public static Optional<TablePlan> table(List<TablePlan> all, FamilyName family) {
        var tables = tables(all, family);
        return tables.size() == 1
                ? Optional.of(tables.getFirst())
                : tables.stream()
                        .filter(table -> table.name().value().equals(family.value()))
                        .findFirst();
    }

    /** The attribute of a mapped record of {@code table} that the source calls {@code take}. */
    public static String attribute(TablePlan table, String take) {
        return table.rename().getOrDefault(take, take);
    }
}
