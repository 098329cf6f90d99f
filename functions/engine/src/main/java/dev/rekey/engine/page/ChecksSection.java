package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.RunReport.ReportedCheck;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The checks that were made; those that found something first, where the plan has not decided what happens to it. */
record ChecksSection(String summary, boolean open, List<Row> rows) {
    /** One check. */
    record Row(ReportedCheck check, String tone, String found) {
        static Row of(ReportedCheck check, boolean decided) {
            if (check.found() == 0) {
                return new Row(check, "good", "passed");
            }
            return decided
                    ? new Row(check, "", Wording.count(check.found()) + " found, decided by the plan")
                    : new Row(check, "warn", Wording.count(check.found()) + " found");
        }

        boolean asks() {
            return tone.equals("warn");
        }
    }

    static Optional<ChecksSection> of(Shown shown) {
        var checks = shown.report().work().checks();
        if (checks.isEmpty()) {
            return Optional.empty();
        }
        long failed = checks.stream().filter(check -> check.found() > 0).count();
        var summary = Wording.count(checks.size(), "check") + " made, "
                + (failed == 0 ? "none found anything" : Wording.count(failed) + " found something");
        var rows = checks.stream()
                .map(check -> Row.of(check, shown.isDecided(check.check(), check.table(), check.path())))
                .sorted(Comparator.comparing((Row row) -> !row.asks())
                        .thenComparing(row -> row.check().found() == 0))
                .toList();
        return Optional.of(new ChecksSection(summary, rows.stream().anyMatch(Row::asks), rows));
    }
}
