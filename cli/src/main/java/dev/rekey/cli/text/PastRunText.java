package dev.rekey.cli.text;

import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.status.PastRun;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run with its history, in words. */
public final class PastRunText {
    private final PastRun past;

    private PastRunText(PastRun past) {
        this.past = past;
    }

    /** Of 80 columns at most, but for words that are longer. */
    public static List<String> lines(PastRun past) {
        return new PastRunText(past).lines();
    }

    private List<String> lines() {
        var run = past.run();
        var lines = new ArrayList<String>();
        lines.add(run.id() + "  " + run.action() + ", " + run.phaseAndPart());
        add("records", Numbers.count(run.estimatedRecords()), lines);
        add("options", String.join(" ", options()), lines);
        add("limits", String.join(", ", Numbers.limits(run.limits())), lines);
        add("undone", String.join("; ", run.partlyRolledBack()), lines);
        add("blockers", words(past.blockers()), lines);
        add("warnings", words(past.warnings()), lines);
        add("decided", words(past.decided()), lines);
        past.executions().forEach(execution -> add(execution.action(), words(execution), lines));
        return lines;
    }

    private String words(PastRun.Execution execution) {
        return execution.began().truncatedTo(ChronoUnit.MILLIS)
                + execution
                        .ended()
                        .map(end -> ", took " + Numbers.duration(Duration.between(execution.began(), end.at())) + ": "
                                + words(end))
                        .orElse(isGone(execution) ? ", ended without an outcome." : ", has not ended.")
                + " Execution " + execution.arn().substring(execution.arn().lastIndexOf(':') + 1) + ".";
    }

    private static String words(PastRun.Ending ending) {
        var found = ending.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .sorted(Map.Entry.<Counted, Long>comparingByKey())
                .map(count ->
                        Numbers.count(count.getValue()) + " " + count.getKey().word())
                .collect(Collectors.joining(", "));
        return ending.outcome() + ending.error().map(" "::concat).orElse("") + ". " + ending.message()
                + (found.isEmpty() ? "" : " " + found + ".");
    }

    private static String words(PastRun.Finding finding) {
        return Numbers.count(finding.count()) + " " + finding.id() + " at "
                + finding.table()
                        .map(name -> name + (finding.path().isEmpty() ? "" : "." + finding.path()))
                        .orElse(finding.path());
    }

    /** Another execution may have taken the run over. A run that is finished may be worked on, by a verification. */
    private boolean isGone(PastRun.Execution execution) {
        var run = past.run();
        return run.abandoned()
                || run.control()
                        .filter(found -> found.phase().isUnfinished()
                                && !found.execution().equals(execution.arn()))
                        .isPresent();
    }

    private static void add(String label, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.addAll(Wrapping.lines("  %-8s  ".formatted(label), text));
        }
    }

    private static String words(List<PastRun.Finding> found) {
        return found.stream().map(PastRunText::words).collect(Collectors.joining(", "));
    }

    /** What the run was asked for, as it is typed. */
    private List<String> options() {
        var run = past.run();
        var given = new ArrayList<>(run.scopeOrAll().options());
        run.parameters().forEach((name, value) -> given.add("--parameter " + name + "=" + value));
        var usual = run.changesInPlace() ? OnFailure.USUAL_IN_PLACE : OnFailure.USUAL;
        past.used().ifPresent(used -> given.addAll(used.words(usual)));
        return given;
    }
}
