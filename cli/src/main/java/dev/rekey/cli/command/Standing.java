package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.State;
import dev.rekey.cli.deployment.Workflow;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.ProgressText;
import dev.rekey.cli.text.RunProgress;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a run stands, whether that is well, and what is to be done.
 *
 * @param execution that works on it, or did last; empty if that is not known any more
 * @param pausedBy who paused the run; empty if unknown, and if it is not paused
 * @param progress while it works
 * @param report the newest; empty while the run works, and if there is none
 * @param now when somebody looked
 * @param place the options that lead another command to the same stack, with a blank before each
 */
record Standing(
        RunSummary run,
        Optional<Workflow.Seen> execution,
        Optional<Caller> pausedBy,
        Optional<RunProgress> progress,
        Optional<Report> report,
        Instant now,
        String place) {

    boolean isWorked() {
        return state().filter(State.Running.class::isInstance).isPresent();
    }

    private Optional<State> state() {
        return execution.map(Workflow.Seen::state);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        add("run", run.id().value(), lines);
        add("plan", run.plan(), lines);
        add("action", run.action(), lines);
        add("phase", run.phaseAndPart(), lines);
        add("started", run.started(), lines);
        add("execution", state().map(Standing::words).orElse("unknown"), lines);
        run.scope().forEach(part -> add("scope", part, lines));
        run.partlyRolledBack().forEach(part -> add("rolledBack", part, lines));
        run.parameters().forEach((name, value) -> add("parameter", name + "=" + value, lines));
        run.paused()
                .ifPresent(since -> add(
                        "paused",
                        "since " + since
                                + pausedBy.map(by -> " by " + by.words()).orElse(""),
                        lines));
        progress.ifPresent(found -> addWrapped("progress", ProgressText.line(found), lines));
        report.ifPresent(found -> {
            add(
                    "outcome",
                    found.content().ending().outcome() + ": "
                            + found.content().ending().message(),
                    lines);
            verification().ifPresent(words -> addWrapped("verified", words, lines));
            failures().forEach((table, counts) -> addWrapped("failures", table + ": " + words(counts), lines));
            addWrapped("remaining", words(found.content().verified().remaining()), lines);
            if (drift() > 0) {
                add(
                        "drift",
                        Numbers.count(drift(), "record") + " kept, because others changed them or refer to them",
                        lines);
            }
            if (different() > 0) {
                add("different", Numbers.count(different(), "record") + " not as before the run", lines);
            }
        });
        add("limits", String.join(", ", run.limits()), lines);
        elapsed().ifPresent(time -> add("elapsed", Numbers.duration(time), lines));
        report.ifPresent(found -> add("report", found.address(), lines));
        next().ifPresent(words -> add("next", words.replaceAll("; |, (?=or )", "\n           "), lines));
        return lines;
    }

    /** Nothing is broken here: a command, or an address, must stay in one piece. */
    private static void add(String label, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.addAll(("%-11s".formatted(label) + text).lines().toList());
        }
    }

    private static void addWrapped(String label, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.addAll(Wrapping.lines("%-11s".formatted(label), text));
        }
    }

    ObjectNode json() {
        var document = run.json().put("execution", state().map(Standing::words).orElse("unknown"));
        pausedBy.ifPresent(by -> document.put("pausedBy", by.identity()));
        progress.ifPresent(found -> {
            document.put("stage", found.activity().words());
            document.put("done", found.records());
            found.verified().ifPresent(verified -> document.put("verified", verified));
            document.put("expected", found.expected()).put("share", found.share());
            found.rate().ifPresent(rate -> document.put("recordsPerSecond", rate));
            found.left().ifPresent(left -> document.put("secondsLeft", left.toSeconds()));
            document.put("lastSign", found.pace().lastSign().toString());
        });
        report.ifPresent(found -> {
            var content = found.content();
            document.put("outcome", content.ending().outcome())
                    .put("message", content.ending().message());
            var verification = content.verified().verification();
            if (!verification.isEmpty()) {
                document.set("verification", Documents.tree(verification));
                document.put("failed", Verdict.failures(verification));
            }
            if (drift() > 0) {
                document.put("drift", drift());
            }
            document.put("report", found.address());
        });
        elapsed().ifPresent(time -> document.put("durationMillis", time.toMillis()));
        next().ifPresent(words -> document.put("next", words));
        return document;
    }

    /** Of the execution that works on the run until now; else of the one whose report is shown, until its end. */
    private Optional<Duration> elapsed() {
        return isWorked()
                ? execution.map(found -> Duration.between(found.startedAt(), now))
                : report.map(found -> found.content().subject())
                        .map(subject -> Duration.between(subject.task().startedAt(), subject.endedAt()));
    }

    private Optional<String> verification() {
        return report.map(found -> found.content().verified().verification())
                .filter(counts -> !counts.isEmpty())
                .map(counts -> (isUnconfirmed() ? "failed: " : "passed: ") + words(counts));
    }

    /** Also because of old ids, where no record differs. */
    private boolean isUnconfirmed() {
        var content = report.orElseThrow().content();
        return content.ending().error().equals(Optional.of(ErrorNames.VERIFICATION_FAILED))
                || Verdict.failures(content.verified().verification()) > 0;
    }

    /** Records that a rollback compared, and that are not as they were before the run. */
    private long different() {
        return report.orElseThrow()
                .content()
                .verified()
                .undone()
                .map(undone -> Counted.DIFFERENT.in(undone.counts()))
                .orElse(0L);
    }

    /** By table, where there are any. */
    private SortedMap<TableName, Map<Counted, Long>> failures() {
        var byTable = new TreeMap<TableName, Map<Counted, Long>>();
        report.orElseThrow().content().work().tables().forEach((table, found) -> {
            var failures = new EnumMap<Counted, Long>(Counted.class);
            found.counts().forEach((what, count) -> {
                if (count > 0 && Verdict.find(what).filter(Verdict::isFailure).isPresent()) {
                    failures.put(what, count);
                }
            });
            if (!failures.isEmpty()) {
                byTable.put(table, failures);
            }
        });
        return byTable;
    }

    /** Records that a rollback kept, or could not restore; a later verification does not count them. */
    private long drift() {
        return report.map(found -> (long) found.content().others().left()).orElse(0L);
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

    /** Empty if nothing has to be done. */
    private Optional<String> next() {
        if (isWorked()) {
            return Optional.of(run.paused().isPresent() ? command("unpause") : command("status") + " --watch");
        }
        return new NextStep(run, place).words().or(() -> run.control().flatMap(control -> next(control.phase())));
    }

    private Optional<String> next(Phase phase) {
        if (report.isEmpty()) {
            return Optional.empty();
        }
        var look = command("report") + " --open";
        return switch (phase) {
            case MIGRATED ->
                Optional.of(
                        isUnconfirmed()
                                ? "see what failed: " + look + "; take it back: " + command("rollback")
                                : !report.orElseThrow()
                                                .content()
                                                .verified()
                                                .remaining()
                                                .isEmpty()
                                        ? "run the plan again for what remains: rekey migrate PLAN" + place
                                        : "nothing; to take it back: " + command("rollback"));
            case ROLLED_BACK ->
                drift() + different() > 0
                        ? Optional.of("see what is not as before the run: " + look + "; restore it too: "
                                + command("rollback") + " --drift overwrite")
                        : Optional.of("nothing");
            case REFUSED -> Optional.of("correct what is named: " + look + "; then start a new run");
            case READ, TESTED -> Optional.of("see what was found: " + look);
            case ANALYZING, TESTING, MIGRATING, ROLLING_BACK -> Optional.empty();
        };
    }

    private String command(String name) {
        return "rekey " + name + " --run " + run.id() + place;
    }

    private static String words(State state) {
        return switch (state) {
            case State.Running() -> "running";
            case State.Succeeded(var _) -> "succeeded";
            case State.Failed(var error, var cause) -> "failed: " + error + ": " + cause;
            case State.Stopped(var status, var cause) -> status.toLowerCase(Locale.ROOT) + ": " + cause;
        };
    }
}
