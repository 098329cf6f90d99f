package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.segment.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of the sentences that end an execution. Records that are changed in place have no target. */
enum Sentences {
    COPIED {
        @Override
        String migrated() {
            return "copied";
        }

        @Override
        String takenBack() {
            return "removed";
        }

        @Override
        String already() {
            return "in the target";
        }

        @Override
        String right() {
            return "Every source record is in the target with the expected content";
        }

        @Override
        String differences(String run, long failures) {
            return cannotConfirm(run, failures, "correct the target");
        }

        @Override
        String undone(Tally tally) {
            return Wording.count(tally.total(Counted.DELETED), "record") + " deleted, "
                    + Wording.count(tally.total(Counted.RESTORED)) + " restored";
        }

        @Override
        String again() {
            return " Run the plan again to copy what is late or moved.";
        }

        @Override
        String inTheMeantime() {
            return " Others changed records in the meantime: ";
        }

        @Override
        String stale(OldIdsFound found) {
            return found.sentence("in the target at undeclared places");
        }
    },

    IN_PLACE {
        @Override
        String migrated() {
            return "changed in place";
        }

        @Override
        String takenBack() {
            return "restored";
        }

        @Override
        String already() {
            return "as the plan says";
        }

        @Override
        String right() {
            return "Every record is as the plan says";
        }

        @Override
        String differences(String run, long failures) {
            return cannotConfirm(run, failures, "correct the records");
        }

        @Override
        String undone(Tally tally) {
            return tally.total(Counted.DELETED) > 0
                    ? COPIED.undone(tally)
                    : Wording.count(tally.total(Counted.RESTORED), "record") + " restored";
        }

        @Override
        String again() {
            return " Run the plan again to change what is late, moved or reverted.";
        }

        @Override
        String inTheMeantime() {
            // Not only by others: the rollback of another run of the plan leaves such records too.
            return " Records changed in the meantime: ";
        }

        @Override
        String stale(OldIdsFound found) {
            return found.sentence("at undeclared places");
        }
    },

    /** Some tables are copied, others are changed in place. */
    MIXED {
        @Override
        String migrated() {
            return "copied or changed in place";
        }

        @Override
        String takenBack() {
            return "removed or restored";
        }

        @Override
        String already() {
            return IN_PLACE.already();
        }

        @Override
        String right() {
            return "Every record is as the plan says, in the target or in place";
        }

        @Override
        String differences(String run, long failures) {
            return IN_PLACE.differences(run, failures);
        }

        @Override
        String undone(Tally tally) {
            return COPIED.undone(tally);
        }

        @Override
        String again() {
            return " Run the plan again to write what is late, moved or reverted.";
        }

        @Override
        String inTheMeantime() {
            return IN_PLACE.inTheMeantime();
        }

        @Override
        String stale(OldIdsFound found) {
            return IN_PLACE.stale(found);
        }
    };

    static Sentences of(Plan plan) {
        return switch (ReportedMode.of(plan)) {
            case COPY -> COPIED;
            case IN_PLACE -> IN_PLACE;
            case MIXED -> MIXED;
        };
    }

    /** What became of records, to follow "were". */
    abstract String migrated();

    /** What became of the records of a test that ended. */
    abstract String takenBack();

    /** What records are that a migration did not have to write, to follow "were already". */
    abstract String already();

    /**
     * What a migration did.
     *
     * @param created how many records it created in tables that are changed in place
     */
    String done(Tally copied, long created) {
        var counts = new LinkedHashMap<String, Long>();
        counts.put(" written to the target", copied.total(Counted.CREATED) + copied.total(Counted.REPLACED) - created);
        counts.put(" changed in place", copied.total(Counted.UPDATED));
        counts.put(" created in place", created);
        counts.put(" deleted, since their source records are gone", copied.total(Counted.DELETED));
        counts.values().removeIf(count -> count == 0);
        var parts = new ArrayList<String>();
        counts.forEach((what, count) ->
                parts.add((parts.isEmpty() ? Wording.count(count, "record") : Wording.count(count)) + what));
        return switch (parts.size()) {
            case 0 -> unwritten(copied, already());
            case 1 -> parts.getFirst() + " and verified.";
            default -> Wording.list(parts) + ", and all verified.";
        };
    }

    /** That a verification found no difference, without a full stop. */
    abstract String right();

    /**
     * That a verification found no failure.
     *
     * @param skipped records that were not written, because others have their keys
     * @param rolledBack parts of the run; only those of which a record was met
     */
    String right(Remaining remaining, long skipped, Optional<RolledBack> rolledBack) {
        var exceptions = Stream.concat(
                        skipped == 0 ? Stream.empty() : Stream.of(Wording.count(skipped, "record") + " skipped"),
                        rolledBack.map(RolledBack::sentence).stream())
                .collect(Collectors.joining(" and "));
        if (remaining.isEmpty()) {
            return right() + (exceptions.isEmpty() ? "" : ", except " + exceptions) + ".";
        }
        return "The run's own work is correct." + remaining.sentences(this)
                + (exceptions.isEmpty() ? "" : " In addition, " + exceptions + ".");
    }

    /**
     * What a verification met of what was rolled back in part.
     *
     * @param records how many
     * @param parts of the run
     */
    record RolledBack(long records, List<Scope> parts) {
        String sentence() {
            return Wording.count(records, "record") + " rolled back in part ("
                    + parts.stream().map(Sentences::values).collect(Collectors.joining("; ")) + ")";
        }
    }

    /** That a verification found some. */
    abstract String differences(String run, long failures);

    /** What a rollback did, without what it kept. */
    abstract String undone(Tally tally);

    /** What to do about records that another run brings, to follow another sentence. */
    abstract String again();

    /** The beginning of a sentence that says what has changed since, to follow another sentence. */
    abstract String inTheMeantime();

    /** Old ids that a verification found, to follow another sentence; empty if there are none. */
    abstract String stale(OldIdsFound found);

    private static String cannotConfirm(String run, long failures, String correct) {
        return "Cannot confirm run %s: verification found %s. Nothing was changed. Read the report, then %s or roll back."
                .formatted(run, Wording.count(failures, "difference"), correct);
    }

    private static String unwritten(Tally copied, String already) {
        long identical = copied.total(Counted.IDENTICAL);
        return switch ((int) Math.min(2, identical)) {
            case 0 -> "Nothing was written: the plan selects no record.";
            case 1 -> "Nothing was written: the 1 record was already " + already + " and was verified.";
            default ->
                "Nothing was written: all " + Wording.count(identical, "record") + " were already " + already
                        + " and were verified.";
        };
    }

    /** What has changed in mappings, to follow another sentence; empty if nothing has. */
    static String changed(List<MappingChange> changes) {
        return changes.stream()
                .map(one -> one.unknown().isPresent()
                        ? " The mapping of %s was not compared with what the run froze: %s."
                                .formatted(
                                        one.family(), withoutStop(one.unknown().get()))
                        : " The mapping of %s has changed since the run: %s added, %s removed, %s changed."
                                .formatted(
                                        one.family(),
                                        Wording.count(one.added().count()),
                                        Wording.count(one.removed().count()),
                                        Wording.count(one.changed().count())))
                .collect(Collectors.joining());
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Which part was verified, to follow another sentence; empty if all of it was. */
    static String only(Scope scope) {
        return scope.isEverything() ? "" : " Verified: only " + part(scope) + ".";
    }

    /** That a verification found no record of the part that was asked for. */
    static String nothingIn(String run, Scope scope) {
        return "Cannot verify %s of run %s: the run has no such record. Nothing was changed. Check the tables, the attribute and its value."
                .formatted(part(scope), run);
    }

    private static String part(Scope scope) {
        var records = scope.where().isEmpty() ? "every record" : "records with " + Wording.list(texts(scope));
        return scope.tables().isEmpty() ? records : records + " in " + Wording.list(scope.tables());
    }

    /** A part of a run in short, such as {@code tenant_id=1 in Profiles}. */
    private static String values(Scope scope) {
        var tables = scope.tables().isEmpty() ? "" : Wording.list(scope.tables());
        if (scope.where().isEmpty()) {
            return tables;
        }
        return Wording.list(texts(scope)) + (tables.isEmpty() ? "" : " in " + tables);
    }

    private static List<String> texts(Scope scope) {
        return scope.where().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .toList();
    }

    /** What a comparison after a rollback found, to follow another sentence. */
    static String compared(RunReport.ComparedUndone undone) {
        long different = Counted.DIFFERENT.in(undone.counts());
        long drift = Counted.DRIFT.in(undone.counts());
        long restored = Counted.RESTORED.in(undone.counts());
        var found = " Compared with the undo log: " + Wording.count(restored, "record")
                + Wording.agree(restored, " is", " are") + " as before the run, " + Wording.count(drift)
                + " changed by others, " + Wording.count(different) + " different"
                + referred(Counted.REFERRED.in(undone.counts())) + ".";
        return different == 0
                ? found
                : found + " Records that are different hold what the run wrote; the report lists them."
                        + " To restore them: rekey rollback --drift overwrite.";
    }

    /**
     * What a rollback that treats drift so did with others' work.
     *
     * @param referred how many created records it kept because others refer to them; they are listed with the others
     */
    static String drift(Drift how, RunReport.OthersWork others, long referred) {
        return switch (how) {
            case KEEP -> kept(others.drift().size() - referred) + referred(referred);
            case OVERWRITE ->
                overwritten(others.overwritten().size())
                        + unrestored(others.unrestored().size() - referred)
                        + referred(referred);
        };
    }

    private static String referred(long records) {
        return records == 0
                ? ""
                : ", %s that the run created kept because others refer to %s"
                        .formatted(Wording.count(records), Wording.agree(records, "it", "them"));
    }

    private static String kept(long drift) {
        return Wording.count(drift) + " kept because somebody else changed " + Wording.agree(drift, "it", "them");
    }

    private static String unrestored(long records) {
        return records == 0
                ? ""
                : ", %s not restored because another writer deleted %s, or the table rejects the earlier values"
                        .formatted(Wording.count(records), Wording.agree(records, "it", "them"));
    }

    private static String overwritten(int records) {
        return Wording.count(records) + " overwritten although somebody else had changed "
                + Wording.agree(records, "it", "them");
    }
}
