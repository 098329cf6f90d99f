package dev.rekey.cli.text;

import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.status.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a run stands, in words. */
public final class StandingText {
    private StandingText() {}

    public static List<String> lines(Standing standing) {
        var run = standing.run();
        var lines = new ArrayList<String>();
        add("run", run.id().value(), lines);
        add("plan", run.plan(), lines);
        add("action", run.action(), lines);
        add("phase", run.phaseAndPart(), lines);
        add("started", run.started(), lines);
        add("execution", standing.executionWords(), lines);
        run.scope().forEach(part -> add("scope", part, lines));
        run.partlyRolledBack().forEach(part -> add("rolledBack", part, lines));
        run.parameters().forEach((name, value) -> add("parameter", name + "=" + value, lines));
        run.paused()
                .ifPresent(since -> add(
                        "paused",
                        "since " + since
                                + standing.pausedBy()
                                        .map(Caller::words)
                                        .map(" by "::concat)
                                        .orElse(""),
                        lines));
        standing.progress().ifPresent(found -> add("progress", ProgressText.line(found), lines));
        standing.report().ifPresent(found -> addReport(standing, found, lines));
        add("limits", String.join(", ", Numbers.limits(run.limits())), lines);
        standing.elapsed().ifPresent(time -> add("elapsed", Numbers.duration(time), lines));
        standing.report().ifPresent(found -> add("report", found.address(), lines));
        standing.next().ifPresent(words -> add("next", words.replaceAll("; |, (?=or )", "\n           "), lines));
        return lines;
    }

    private static void addReport(Standing standing, Report report, List<String> lines) {
        var content = report.content();
        add("outcome", content.ending().outcome() + ": " + content.ending().message(), lines);
        var verification = content.verified().verification();
        if (!verification.isEmpty()) {
            add("verified", (standing.isUnconfirmed() ? "failed: " : "passed: ") + words(verification), lines);
        }
        standing.failures().forEach((table, counts) -> add("failures", table + ": " + words(counts), lines));
        add("remaining", words(content.verified().remaining()), lines);
        if (standing.drift() > 0) {
            add(
                    "drift",
                    Numbers.count(standing.drift(), "record") + " kept, because others changed them or refer to them",
                    lines);
        }
        if (standing.different() > 0) {
            add("different", Numbers.count(standing.different(), "record") + " not as before the run", lines);
        }
    }

    private static void add(String label, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.addAll(("%-11s".formatted(label) + text).lines().toList());
        }
    }

    /** All but the zeros. */
    private static String words(Map<Counted, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Counted::word)))
                .map(count ->
                        Numbers.count(count.getValue()) + " " + count.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
