package dev.rekey.engine.analyze;

import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.RunContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with ids that stand where the plan declares no reference.
 *
 * @param severity where the evidence is strong
 */
record UndeclaredIds(RunContext run, Severity severity) {
    /**
     * One for each place: of several families whose ids stand there, the likeliest.
     *
     * @param composite what is said of keys already
     */
    List<Problem> problems(List<Undeclared> all, List<Finding> composite) {
        var places = new HashSet<List<Object>>();
        return all.stream()
                .filter(one -> one.changes() && one.evidence() != Evidence.WEAK)
                .filter(one -> composite.stream()
                        .noneMatch(key -> key.table().equals(one.at().table())
                                && key.path().equals(one.at().path())))
                .filter(one -> !run.plan()
                        .table(one.at().table())
                        .checks()
                        .accepts(one.at().path()))
                .filter(one -> places.add(
                        List.of(one.at().table(), one.at().path(), one.at().part())))
                .map(one -> unmatched(one).orElseGet(() -> isOwn(one) ? ofKey(one) : ofReference(one)))
                .toList();
    }

    private Severity severity(Undeclared found) {
        return found.evidence() == Evidence.STRONG ? severity : Severity.WARNING;
    }

    private Problem ofReference(Undeclared found) {
        return new Problem(
                severity(found),
                "reference.undeclared",
                "tables." + found.at().table() + ".references." + found.at().path(),
                found.fact(),
                found.at().part() == 0
                        ? "Declare the reference, or accept the path in checks if the values shall stay."
                        : "Parts of strings cannot be declared. Update the applications that use them, and accept the path in checks.");
    }

    /** The records would get new ids of their own, and no longer those of the records that they belong to. */
    private Problem ofKey(Undeclared found) {
        return new Problem(
                severity(found),
                "reference.undeclared",
                "tables." + found.at().table() + ".key." + found.at().path(),
                found.fact() + ": the key takes them for the records' own",
                "Name " + found.at().family()
                        + " in key, or accept the path in checks if the records shall get ids of their own.");
    }

    private boolean isOwn(Undeclared found) {
        var table = found.at().table();
        return found.at().part() == 0
                && KeyRoles.self(
                                run.plan().table(table),
                                run.manifest().table(table).source())
                        .filter(self -> self.name().equals(found.at().path()))
                        .isPresent();
    }

    /** A record that no table of the plan takes would be copied with its old ids. */
    private Optional<Problem> unmatched(Undeclared found) {
        var at = found.at();
        return UndeclaredValues.isCopiedAsItIs(run.plan().table(at.table()))
                ? Optional.of(new Problem(
                        Severity.ERROR,
                        "kind.old-id",
                        "unmatched",
                        "of the records of " + at.table() + " that belong to no table of the plan, " + at.path() + ": "
                                + found.fact(),
                        "Add a table with a match for these records, or leave them out with unmatched: leave."))
                : Optional.empty();
    }
}
