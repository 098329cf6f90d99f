package dev.rekey.engine.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
public record Standing(
        RunSummary run,
        Optional<Workflow.Seen> execution,
        Optional<Caller> pausedBy,
        Optional<RunProgress> progress,
        Optional<Report> report,
        Instant now,
        String place) {

    /**
     * Looks at a run.
     *
     * @param bucket of the documents
     * @param trial where a run's silence is to be explained
     * @param place the options that lead another command to the same stack, with a blank before each
     */
    public static Standing of(
            Documents documents,
            String bucket,
            RunSummary run,
            Optional<Workflow.Seen> seen,
            Optional<WriteTrial> trial,
            Instant now,
            String place) {
        var running = seen.filter(found -> found.state() instanceof State.Running);
        var progress = running.flatMap(found -> new ProgressReader(
                        documents, run.id(), task(found), action(run, found) == Action.VERIFY, trial, Optional.empty())
                .read(now));
        var report = running.isPresent() ? Optional.<Report>empty() : Report.newest(documents, bucket, run.id());
        return new Standing(run, seen, pausedBy(documents, run), progress, report, now, place);
    }

    /** What the execution that works on the run now does: another one than the run's own may resume or verify it. */
    public static Action action(RunSummary run, Workflow.Seen seen) {
        var word = task(seen).equals(run.id()) && run.manifest().isPresent()
                ? run.action()
                : seen.name().value().replaceFirst("-.*", "");
        return Action.of(word).orElse(Action.RESUME);
    }

    /** The execution, as a run of its own would be named. */
    public static RunId task(Workflow.Seen seen) {
        return RunId.of(seen.startedAt(), seen.name().value());
    }

    private static Optional<Caller> pausedBy(Documents documents, RunSummary run) {
        return run.paused()
                .flatMap(since -> Stored.entries(documents, run.id()).stream()
                        .filter(entry -> entry.decision().equals(new Decision.Paused(since)))
                        .findFirst())
                .flatMap(LedgerEntry::by);
    }

    public boolean isWorked() {
        return state().filter(State.Running.class::isInstance).isPresent();
    }

    private Optional<State> state() {
        return execution.map(Workflow.Seen::state);
    }

    /** As {@code --json} of the command line prints it. */
    public ObjectNode json() {
        var document = run.json().put("execution", executionWords());
        pausedBy.ifPresent(by -> document.put("pausedBy", by.identity()));
        progress.ifPresent(found -> {
            document.put("stage", found.activity().words());
            document.put("done", found.records());
            found.verified().ifPresent(verified -> document.put("verified", verified));
            document.put("expected", found.expected()).put("share", found.share());
            found.rate().ifPresent(rate -> document.put("recordsPerSecond", rate));
            found.left().ifPresent(left -> document.put("secondsLeft", left.toSeconds()));
            document.put("lastSign", found.pace().lastSign().toString());
            found.throttle().refused().ifPresent(why -> document.put("refused", why));
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
    public Optional<Duration> elapsed() {
        return isWorked()
                ? execution.map(found -> Duration.between(found.startedAt(), now))
                : report.map(found -> found.content().subject())
                        .map(subject -> Duration.between(subject.task().startedAt(), subject.endedAt()));
    }

    /** Also because of old ids, where no record differs. */
    public boolean isUnconfirmed() {
        var content = report.orElseThrow().content();
        return content.ending().error().equals(Optional.of(ErrorNames.VERIFICATION_FAILED))
                || Verdict.failures(content.verified().verification()) > 0;
    }

    /** Records that a rollback compared, and that are not as they were before the run. */
    public long different() {
        return report.flatMap(found -> found.content().verified().undone())
                .map(undone -> Counted.DIFFERENT.in(undone.counts()))
                .orElse(0L);
    }

    /** By table, where there are any. */
    public SortedMap<TableName, Map<Counted, Long>> failures() {
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
    public long drift() {
        return report.map(found -> (long) found.content().others().left()).orElse(0L);
    }

    /** Empty if nothing has to be done. */
    public Optional<String> next() {
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

    /** Whether it runs, or how it ended; {@code unknown} if there is no trace of it. */
    public String executionWords() {
        return state().map(Standing::words).orElse("unknown");
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
