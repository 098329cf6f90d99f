package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.verify.Change;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The first differences that a verification found, for people. */
public final class DifferenceText {
    private static final int SHOWN = 10;
    private static final int CHANGES_SHOWN = 3;

    private DifferenceText() {}

    /** @param report of an execution; of one that found none, there are no lines */
    public static List<String> lines(RunReport.Verified report) {
        var all = report.differences();
        if (all.isEmpty()) {
            return List.of();
        }
        var columns = new Columns("verdict", "table", "record", "what differs");
        all.stream()
                .limit(SHOWN)
                .forEach(one -> columns.row(
                        one.verdict().word(),
                        one.table().value(),
                        one.record(),
                        changes(one)
                                + one.refersTo()
                                        .map(to -> " -> " + to.family() + " "
                                                + to.id().canonical())
                                        .orElse("")));
        var lines = new ArrayList<>(columns.lines());
        if (all.size() > SHOWN) {
            lines.add("These are the first %s of %s. The report lists %s and names the file that holds all."
                    .formatted(
                            Wording.count(SHOWN),
                            Wording.count(Math.max(all.size(), found(report)), "difference"),
                            Wording.count(all.size())));
        }
        lines.add("");
        return lines;
    }

    /** The report lists only some of them, but counts all. */
    private static long found(RunReport.Verified report) {
        return report.verification().entrySet().stream()
                .filter(count -> Verdict.find(count.getKey())
                        .filter(verdict -> verdict.isFailure() || verdict.remains())
                        .isPresent())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String changes(Difference difference) {
        var changes = difference.changes();
        long all = difference.places() == 0 ? changes.size() : difference.places();
        if (changes.isEmpty()) {
            return more(String.join(", ", difference.attributes()), all - 1);
        }
        var text = changes.stream()
                .limit(CHANGES_SHOWN)
                .map(DifferenceText::change)
                .collect(Collectors.joining("; "));
        return more(text, all - CHANGES_SHOWN);
    }

    private static String more(String text, long places) {
        return places > 0 ? text + "; " + Wording.count(places, "more place") : text;
    }

    /** Values are told only where somebody asked for them. */
    private static String change(Change change) {
        var should = change.beforeValue().orElse(change.before());
        var is = change.afterValue().orElse(change.after());
        return change.path()
                + (should.equals(is) ? " (" + is + ", another value)" : ": should be " + should + ", is " + is);
    }
}
