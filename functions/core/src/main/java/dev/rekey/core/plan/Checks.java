package dev.rekey.core.plan;

import java.util.List;

/**
 * What must hold of all records of a table that move. Paths speak of the records as the source holds them, unless they
 * are about what comes after.
 *
 * @param required places that every record fills, with something else than null
 * @param unique places whose values together no two records share; each list has at least one
 * @param acyclic references to the table's own family, as they are declared, along which no record comes back to itself
 * @param requiredAfter places that every record fills once it is mapped, with something else than null
 * @param severity of what is found
 * @param accepted places where a reference that no record has, or ids without a declared reference, are no problem
 */
public record Checks(
        List<ReferencePath> required,
        List<List<ReferencePath>> unique,
        List<ReferencePath> acyclic,
        List<Agreement> agree,
        List<ReferencePath> requiredAfter,
        Severity severity,
        List<ReferencePath> accepted) {
    public static final Checks NONE =
            new Checks(List.of(), List.of(), List.of(), List.of(), List.of(), Severity.ERROR, List.of());

    public Checks {
        required = List.copyOf(required);
        unique = List.copyOf(unique);
        acyclic = List.copyOf(acyclic);
        agree = List.copyOf(agree);
        requiredAfter = List.copyOf(requiredAfter);
        accepted = List.copyOf(accepted);
    }

    /** Whether nothing must hold. */
    public boolean isEmpty() {
        return required.isEmpty()
                && unique.isEmpty()
                && acyclic.isEmpty()
                && agree.isEmpty()
                && requiredAfter.isEmpty();
    }

    /** Whether it is known that {@code path} leads to no reference, or to no value yet. */
    public boolean accepts(String path) {
        return accepted.stream().anyMatch(one -> one.text().equals(path));
    }

    /**
     * Two paths to one value: {@code path} of the record, and {@code taken} of the record that it refers to.
     *
     * @param reference as it is declared; it leads to one value
     * @param family that the reference leads to
     */
    public record Agreement(ReferencePath path, ReferencePath reference, FamilyName family, ReferencePath taken) {}

    /** The texts of several paths, as messages name them. */
    public static String text(List<ReferencePath> paths) {
        return String.join(", ", paths.stream().map(ReferencePath::text).toList());
    }
}
