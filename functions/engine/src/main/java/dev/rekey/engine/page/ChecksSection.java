package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.RunReport.ReportedCheck;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The checks that were made; those that found something first. */
record ChecksSection(String summary, boolean open, List<Row> rows) {
    /** One check. */
    record Row(ReportedCheck check, String tone, String found) {
        static Row of(ReportedCheck check) {
            return check.found() > 0
                    ? new Row(check, "warn", Wording.count(check.found()) + " found")
                    : new Row(check, "good", "passed");
        }
    }

    static Optional<ChecksSection> of(List<ReportedCheck> checks) {
        if (checks.isEmpty()) {
            return Optional.empty();
        }
        long failed = checks.stream().filter(check -> check.found() > 0).count();
        var summary = Wording.count(checks.size(), "check") + " made, "
                + (failed == 0 ? "none found anything" : Wording.count(failed) + " found something");
        var rows = checks.stream()
                .sorted(Comparator.comparing(check -> check.found() == 0))
                .map(Row::of)
                .toList();
        return Optional.of(new ChecksSection(summary, failed > 0, rows));
    }
}
