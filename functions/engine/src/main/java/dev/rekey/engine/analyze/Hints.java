package dev.rekey.engine.analyze;

import dev.rekey.core.plan.Severity;
import dev.rekey.engine.run.RunId;

/** What to do about a finding. */
final class Hints {
    private Hints() {}

    static String of(Finding finding) {
        return switch (finding.id()) {
            case "reference.orphan" ->
                finding.severity() == Severity.ERROR
                        ? "Load the missing records, or set onOrphan of this reference to keep or removeReference (not possible for key attributes)."
                        : "onOrphan decides what happens to them.";
            case "reference.late" -> "The records are late, if they are still there: run the plan again.";
            case "identity.collision" -> "Give the family more digits, or another namespace.";
            case "key.composite" ->
                "Rekey does not rewrite ids within longer values. Declare in the plan what the attribute holds: key: { %s: keep } leaves the values as they are; key: { %s: { self: opaque } }, for the table's own key, gives each whole value a new id; declare an index attribute that holds whole ids in references."
                        .formatted(finding.path(), finding.path());
            case "mapping.existing" ->
                "Correct the records, or set onExisting to keep or overwrite. After a rollback in part, what that run wrote elsewhere counts as another value, too.";
            case "mapping.per-missing" ->
                "Check the name that per gives. If it is right, correct the records, or exclude them with where.";
            case "mapping.no-new-id" -> "Add the ids to the mapping, or set onMissing of the family.";
            case "target.conflict" ->
                finding.keptBy()
                        .map(Hints::kept)
                        .orElse(
                                "Remove the records from the target, or set onConflict of the table to skip or overwrite.");
            case "target.filled" -> "Start the migration again: it takes the current content into account.";
            case "check.required" -> "Add the values, or remove the check.";
            case "check.required-after" -> "Correct the mapping or the record, or remove the check.";
            case "file.duplicate-key" -> "Remove one of the records from the files.";
            case "file.array" -> "Write one document per line, such as with jq -c '.[]'.";
            case "file.encoding" -> "Write the file in UTF-8.";
            case "file.damaged" ->
                "Pack the file again, and check it with gzip -t. Copy or export what is part of an export again.";
            case "file.header", "file.record", "file.cell" ->
                "Correct the record in its file, or columns and types of the table in the plan.";
            case "key.coincides" -> "Remove one of the records, or keep their ids apart: of several ids one is made.";
            case "merge.require" ->
                "Correct the records, or leave them out of the merges. In JSONata, != is false where an attribute is missing: write $not($record.x = true).";
            case "merge.no-record", "merge.left-out", "merge.survivor-lost" ->
                "Correct the ids of the merge, or the plan.";
            case "merge.copied" ->
                "Roll back the run that copied the record, or delete the copy from the target, then start again.";
            case "merge.apart" ->
                "To merge them, roll back the run that copied the record, then start again. Otherwise nothing is to be done.";
            case "merge.conflict" -> "Correct the records, or set onMatch to merge.";
            case "merge.ambiguous" ->
                "Correct the records: two that belong to the same record already cannot both become one of another.";
            case "create.conflict" ->
                "Give the references that share a created record the same attributes, or another per.";
            case "create.too-many" ->
                "Set per of onAbsent, so that records share what is created, or load the records.";
            case "create.id-taken" -> "Give the other record another id, or load the record that is to be created.";
            case "create.outside" ->
                "Add to create what where of the table asks for, and what tells its records apart; or, for a part, run the whole plan first.";
            case "lookup.no-record" -> "Load the missing records, or correct the mapping, then start again.";
            case "check.unique" -> "Make the values unique, or remove the check.";
            case "check.acyclic" -> "Break the cycle in the source, or remove the check.";
            case "check.agree" -> "Correct one of the two values, or remove the check.";
            default -> "Correct the record in the source, or the plan.";
        };
    }

    /** The run's own record, which somebody has changed: to overwrite it would make theirs what was there before. */
    private static String kept(RunId run) {
        return "Run %s wrote such records, and its rollback kept them because somebody else had changed or deleted them. To remove them, with these changes: rekey rollback --run %s --drift overwrite."
                .formatted(run, run);
    }
}
