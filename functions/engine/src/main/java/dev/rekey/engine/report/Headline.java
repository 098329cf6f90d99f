package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of an execution, in one line. */
public record Headline(RunReport report) {
    /** Without a full stop. */
    public String text() {
        return switch (report.outcome()) {
            case ANALYZED -> analyzed();
            case REFUSED -> "Refused: the data does not fit the plan. Nothing was written";
            case TESTED -> "The test passed";
            case MIGRATED -> "Migrated and verified: " + recordsInTables() + warned() + whatRemains();
            case VERIFIED -> verified();
            case ROLLED_BACK -> rolledBack();
            case STOPPED -> "Stopped: resume it, or roll it back";
            case INCOMPLETE ->
                isTakenOver() ? "Taken over by another execution" : "Incomplete: resume it, or roll it back";
        };
    }

    /** Whether it ended because another execution works on the run. */
    public boolean isTakenOver() {
        return report.ending().error().filter(ErrorNames.SUPERSEDED::equals).isPresent();
    }

    /** Ready also where nothing was analyzed. */
    public Readiness readiness() {
        return report.ending().verdict().orElse(Readiness.READY);
    }

    /** Records of the source that this execution dealt with; for what only compares or undoes, of those. */
    public long records() {
        var counts = report.work().counts();
        if (counts.containsKey(Counted.READ)) {
            return Counted.READ.in(counts) - Counted.FILTERED.in(counts);
        }
        return counts.isEmpty()
                ? Verdict.records(report.verified().verification())
                : counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Created and merged records are a part of their table. */
    public long tables() {
        return report.work().tables().keySet().stream()
                .map(TableName::named)
                .distinct()
                .count();
    }

    /** What verification found wrong. */
    public long failures() {
        return Verdict.failures(report.verified().verification());
    }

    private String recordsInTables() {
        return Wording.count(records(), "record") + " in " + Wording.count(tables(), "table");
    }

    private String analyzed() {
        return switch (readiness()) {
            case NOT_READY -> "Not ready: the data does not fit the plan";
            case READY_WITH_WARNINGS -> "Ready, with warnings: " + recordsInTables();
            case READY -> "Ready: " + recordsInTables() + " will migrate";
        };
    }

    private String warned() {
        long warnings = report.ending().problems().stream()
                .filter(problem -> problem.severity() != Severity.NOTE)
                .count();
        return warnings == 0 ? "" : ", with " + Wording.count(warnings, "warning");
    }

    private String whatRemains() {
        long remaining = report.verified().remaining().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (remaining == 0) {
            return "";
        }
        var what =
                Wording.count(remaining) + Wording.agree(remaining, " record or reference", " records or references");
        return report.mode().changesInPlace() ? ". " + what + " changed in the meantime" : ". Others changed " + what;
    }

    private String verified() {
        if (report.ending().error().isPresent()) {
            return "Verification found " + (failures() > 0 ? Wording.count(failures(), "failure") : "old ids");
        }
        if (!report.verified().remaining().isEmpty()) {
            return "Verified" + whatRemains();
        }
        return "Verified: every record is " + (report.mode().changesInPlace() ? "as the plan says" : "in the target")
                + exceptions();
    }

    private String exceptions() {
        long skipped = Counted.SKIPPED.in(report.verified().verification());
        long rolledBack = Counted.ROLLED_BACK.in(report.verified().verification());
        var exceptions = Stream.of(
                        skipped == 0 ? "" : Wording.count(skipped, "record") + " skipped",
                        rolledBack == 0 ? "" : Wording.count(rolledBack, "record") + " rolled back in part")
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(" and "));
        return exceptions.isEmpty() ? "" : ", except " + exceptions;
    }

    private String rolledBack() {
        long different = report.verified()
                .undone()
                .map(undone -> Counted.DIFFERENT.in(undone.counts()))
                .orElse(0L);
        if (different > 0) {
            return "Rolled back, but " + Wording.count(different, "record") + Wording.agree(different, " is", " are")
                    + " different from before the run";
        }
        boolean refers = Counted.REFERRED.in(report.work().counts()) > 0;
        return (report.ending().error().isPresent() ? "Failed and rolled back" : "Rolled back")
                + except(report.others().drift(), refers ? "that others changed or refer to" : "that others changed")
                + except(report.others().unrestored(), "that could not be restored");
    }

    private static String except(List<String> records, String which) {
        return records.isEmpty() ? "" : ", except " + Wording.count(records.size(), "record") + " " + which;
    }
}
