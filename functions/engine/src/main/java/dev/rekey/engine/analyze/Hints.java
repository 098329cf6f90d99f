package dev.rekey.engine.analyze;

import dev.rekey.core.plan.Severity;

/** What to do about a finding. */
final class Hints {
    private Hints() {}

    static String of(Finding finding) {
        return switch (finding.id()) {
            case "reference.orphan" ->
                finding.severity() == Severity.ERROR
                        ? "Load the missing records, or set onOrphan of this reference, if it is no part of a"
                                + " key, to keep or removeReference."
                        : "They are treated as onOrphan says.";
            case "identity.collision" -> "Give the family more digits, or another namespace.";
            case "key.composite" ->
                ("Ids within a longer value are not rewritten. Decide in the plan: key: { %s: keep } leaves the values as"
                                + " they are; key: { %s: { self: opaque } }, for the table's own key, gives each whole"
                                + " value a new id; a value of an index that is an id as a whole is a reference.")
                        .formatted(finding.path(), finding.path());
            case "target.conflict" ->
                "Remove the records from the target, or set onConflict of the table to skip or overwrite.";
            case "target.filled" -> "Start the migration again: it takes what is there now into account.";
            case "check.required" -> "Give the records a value, or remove the check.";
            case "check.unique" -> "Give the records different values, or remove the check.";
            case "check.acyclic" -> "Break the loop in the source, or remove the check.";
            case "check.agree" -> "Correct one of the two values, or remove the check.";
            default -> "Correct the record in the source, or the plan.";
        };
    }
}
