package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.TableLocks;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.verify.JudgeLevel;
import dev.rekey.engine.verify.LevelResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ends an execution: writes its report, says how far the run has come, and gives the locks back. */
public final class Reporting {
    private final Documents documents;
    private final RunContext run;
    private final Time time;

    public Reporting(Documents documents, RunContext run, Time time) {
        this.documents = documents;
        this.run = run;
        this.time = time;
    }

    /**
     * What is to be reported.
     *
     * @param cause why the run did not go on; empty if nothing went wrong
     */
    public record Request(RunId task, int epoch, Action action, RunOutcome ending, String cause) {}

    /** What became of a report. */
    public sealed interface ReportOutcome {
        /** Where the report lies: the JSON document, and the page beside it. */
        record Written(RunReport report, ObjectKey json, ObjectKey html) implements ReportOutcome {}

        /** Another execution has taken the run, and decides how it ends. */
        record Superseded() implements ReportOutcome {}
    }

    public ReportOutcome report(Request request) {
        if (phase(request).isPresent() && isSuperseded(request)) {
            return new ReportOutcome.Superseded();
        }
        var drafted = switch (request.ending()) {
            case ANALYZED, REFUSED -> analyzed(request);
            case TESTED, MIGRATED -> migrated(request);
            case VERIFIED -> verified(request);
            case ROLLED_BACK -> rolledBack(request);
            case STOPPED -> stopped(request);
            case INCOMPLETE -> incomplete(request);
        };
        var name = name(request, drafted.ending().outcome());
        var json = run.folder().report(name + ".json");
        var page = run.folder().report(name + ".html");
        documents.put(json, drafted);
        if (!end(request)) {
            documents.delete(json);
            return new ReportOutcome.Superseded();
        }
        // Not before the run has ended: an entry cannot be taken back.
        var report = drafted.with(recorded(request, drafted));
        documents.put(json, report);
        // Last: whatever is wrong with a page, the run has ended as it should.
        documents.putBytes(
                page, new HtmlReportBuilder(documents, run).of(report).getBytes(StandardCharsets.UTF_8));
        return new ReportOutcome.Written(report, json, page);
    }

    private Ledger.Head recorded(Request request, RunReport report) {
        var ended = new Decision.Ended(
                report.ending().outcome(),
                report.ending().error(),
                report.ending().message(),
                report.work().counts(),
                report.others().drift().size());
        return new Ledger(documents, run.manifest().run(), time).append(Optional.of(request.task()), ended);
    }

    /** The report of a later execution does not take the place of an earlier one. */
    private String name(Request request, String word) {
        return request.task().equals(run.manifest().run()) ? word : word + "-" + request.task();
    }

    private RunReport analyzed(Request request) {
        var analysis = analysis().orElseThrow();
        var read = StageCheckpoints.of(documents, run.folder(), Stage.ANALYZE);
        boolean refused = request.ending() == RunOutcome.REFUSED;
        return new ReportBuilder(run, time, request)
                .verdict(analysis.verdict())
                .message(refused ? request.cause() : analysis.message())
                .error(refused ? Optional.of("Rekey.NotReady") : Optional.empty())
                .tables(analysis.tables())
                .problems(analysis)
                .timelines(read.timeline("analyze", 0).stream().toList())
                .survey(Optional.ofNullable(analysis.survey()))
                .report();
    }

    /** Empty for a test, which reads no whole table. */
    private Optional<Analysis> analysis() {
        return documents
                .find(run.folder().report(Analysis.NAME), Analysis.class)
                .map(Documents.Versioned::value);
    }

    private RunReport migrated(Request request) {
        var checkpoints = StageCheckpoints.of(documents, run.folder(), Stage.COPY);
        var copied = checkpoints.tally();
        long written = copied.total(Counted.CREATED) + copied.total(Counted.REPLACED);
        var message = switch (request.ending()) {
            case TESTED ->
                "The record and what it references are in the target, verified: %s."
                        .formatted(Wording.count(copied.total(Counted.READ), "record"));
            case ANALYZED, REFUSED, MIGRATED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE ->
                written == 0
                        ? Sentences.unwritten(copied.total(Counted.IDENTICAL))
                        : Wording.count(written, "record") + " written to the target, verified.";
        };
        var levels = levels(request.task());
        return new ReportBuilder(run, time, request)
                .message(message + Remaining.of(levels).sentences())
                .tables(copied.byTable())
                .survey(analysis().flatMap(found -> Optional.ofNullable(found.survey())))
                .verification(levels)
                .differenceFiles(differenceFiles(request))
                .timelines(withReading(ofLevels(checkpoints, "copy")))
                .report();
    }

    /** What was read before the first record was written. */
    private List<Timeline> withReading(List<Timeline> stages) {
        return Stream.concat(
                        StageCheckpoints.of(documents, run.folder(), Stage.ANALYZE).timeline("analyze", 0).stream(),
                        stages.stream())
                .toList();
    }

    private RunReport verified(Request request) {
        var levels = levels(request.task());
        long failures = levels.stream().mapToLong(LevelResult::failures).sum();
        return new ReportBuilder(run, time, request)
                .message(
                        failures == 0
                                ? right(Remaining.of(levels)) + Sentences.stale(levels)
                                : ("Cannot confirm run %s: verification found %s. Nothing was changed."
                                                + " See the report, then correct the target or roll back.")
                                        .formatted(run.manifest().run(), Wording.count(failures, "difference")))
                .error(failures == 0 ? Optional.empty() : Optional.of("Rekey.VerificationFailed"))
                .verification(levels)
                .differenceFiles(differenceFiles(request))
                .report();
    }

    private static String right(Remaining remaining) {
        return remaining.isEmpty()
                ? "Every record of the source is in the target as it should be."
                : "The run did what it should." + remaining.sentences();
    }

    private RunReport rolledBack(Request request) {
        var how = documents.get(run.folder().control(), Control.class).value().undoing();
        var checkpoints = StageCheckpoints.of(documents, run.folder(), how);
        var tally = checkpoints.tally();
        var drift = how.drift() == Drift.KEEP ? listed("drift/") : List.<String>of();
        var overwritten = how.drift() == Drift.OVERWRITE ? listed("overwritten/") : List.<String>of();
        var cause = why(request);
        boolean failed = request.action() == Action.MIGRATE || (!cause.isEmpty() && request.action() == Action.TEST);
        var what = Wording.count(tally.total(Counted.DELETED), "record") + " deleted, "
                + Wording.count(tally.total(Counted.RESTORED))
                + " restored, "
                + (how.drift() == Drift.KEEP
                        ? Sentences.kept(drift.size())
                        : Sentences.overwritten(overwritten.size()));
        var unconfirmed = failed ? unconfirmed(request.task()) : List.<LevelResult>of();
        boolean nothing = tally.totals().values().stream().allMatch(count -> count == 0);
        return new ReportBuilder(run, time, request)
                .message(message(request, failed, cause, nothing ? Optional.empty() : Optional.of(what))
                        + fenced(request))
                .error(
                        failed
                                ? Optional.of(drift.isEmpty() ? "Rekey.RolledBack" : "Rekey.RolledBackWithDrift")
                                : Optional.empty())
                .tables(tally.byTable())
                .drift(drift, overwritten)
                .verification(unconfirmed)
                .differenceFiles(unconfirmed.isEmpty() ? List.of() : differenceFiles(request))
                .timelines(ofLevels(checkpoints, "rollback"))
                .failure(met())
                .report();
    }

    /** @param what came of the rollback; empty if there was nothing to undo */
    private static String message(Request request, boolean failed, String cause, Optional<String> what) {
        if (failed) {
            return (cause.endsWith(".") ? cause : cause + ".")
                    + what.map(done -> " The run was rolled back: " + done + ".")
                            .orElse(" There was nothing to undo.");
        }
        return request.action() == Action.TEST
                ? "The test passed, and its records are removed again: " + what.orElse("nothing had been written") + "."
                : "Rolled back: " + what.orElse("there was nothing to undo") + ".";
    }

    private RunReport stopped(Request request) {
        var id = run.manifest().run();
        return new ReportBuilder(run, time, request)
                .message(
                        "Run %s is stopped, its tables stay locked.%s Run: rekey resume --run %s or rekey rollback --run %s."
                                .formatted(id, fenced(request), id, id))
                .tables(Tally.of(documents, run.folder(), Stage.COPY).byTable())
                .report();
    }

    /** How it is known that nobody writes any more. */
    private String fenced(Request request) {
        return Fence.of(documents, run.folder(), request.epoch())
                .map(found -> " " + found.sentence())
                .orElse("");
    }

    private RunReport superseded(Request request) {
        var id = run.manifest().run();
        return new ReportBuilder(run, time, request)
                .message(("Cannot go on with run %s: another execution has taken it. Nothing was changed by this one"
                                + " since. See: rekey status --run %s.")
                        .formatted(id, id))
                .error(Optional.of("Rekey.Superseded"))
                .report();
    }

    private RunReport incomplete(Request request) {
        if (isSuperseded(request)) {
            return superseded(request);
        }
        var id = run.manifest().run();
        var failure = why(request);
        var copied = StageCheckpoints.of(documents, run.folder(), Stage.COPY);
        return new ReportBuilder(run, time, request)
                .message("Cannot finish %s of run %s: %s %s"
                        .formatted(
                                request.action().word(),
                                id,
                                failure.endsWith(".") ? failure : failure + ".",
                                Unfinished.next(request.action(), id)))
                .error(Optional.of("Rekey.Incomplete"))
                .tables(copied.tally().byTable())
                .timelines(ofLevels(copied, "copy"))
                .failure(met())
                .report();
    }

    /** Why the run did not go on: the failure that a worker met, else its last error, else what the workflow saw. */
    private String why(Request request) {
        return met().or(() -> request.cause().isEmpty()
                        ? Optional.empty()
                        : documents
                                .find(run.folder().lastError(), Failure.class)
                                .map(Versioned::value))
                .map(Failure::message)
                .orElse(request.cause());
    }

    private Optional<Failure> met() {
        return documents.find(run.folder().failure(), Failure.class).map(Versioned::value);
    }

    private List<String> differenceFiles(Request request) {
        return new DifferenceFiles(
                        documents, run, name(request, request.ending().word()))
                .write(request.task());
    }

    private List<Timeline> ofLevels(StageCheckpoints checkpoints, String stage) {
        var levels = run.manifest().levels();
        return IntStream.range(0, levels.size())
                .mapToObj(index -> checkpoints.only(levels.get(index)).timeline(stage, index + 1))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<LevelResult> levels(RunId task) {
        var levels = new ArrayList<LevelResult>();
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            documents
                    .find(JudgeLevel.key(run, task, level), LevelResult.class)
                    .ifPresent(found -> levels.add(found.value()));
        }
        return levels;
    }

    /** All levels, if one of them was not as it should be: then that is why a migration failed. */
    private List<LevelResult> unconfirmed(RunId task) {
        var levels = levels(task);
        return levels.stream().anyMatch(level -> level.failures() > 0) ? levels : List.of();
    }

    /** The keys that lie in the lists of a folder, with their tables. */
    private List<String> listed(String name) {
        var keys = new TreeSet<String>();
        var prefix = run.folder().key(name).name();
        for (var object : documents.list(prefix)) {
            var table = object.folderIn(prefix);
            Arrays.stream(documents.get(object, String[].class).value()).forEach(key -> keys.add(table + " " + key));
        }
        return List.copyOf(keys);
    }

    private boolean isSuperseded(Request request) {
        var control = documents.get(run.folder().control(), Control.class);
        return control.value().epoch() != request.epoch();
    }

    /** Ends the run, where this is its end. False if another execution has taken it. */
    private boolean end(Request request) {
        var phase = phase(request);
        if (phase.isPresent()) {
            var control = new ControlObject(documents, run.folder())
                    .change(found -> Optional.of(found)
                            .filter(ours -> ours.epoch() == request.epoch())
                            .map(ours -> ended(ours, phase.get())));
            if (control.epoch() != request.epoch()) {
                // Another execution has taken the run, and its locks.
                return false;
            }
            var targets = run.manifest().tables().values().stream()
                    .map(TableOfRun::target)
                    .toList();
            new TableLocks(documents).release(run.manifest().run(), targets);
        }
        return true;
    }

    private static Control ended(Control control, Phase phase) {
        return control.undoing().table().isPresent()
                // The other tables of the run stay migrated. What was undone stays written down: a report that is made
                // again, because its answer was lost, must not end the whole run.
                ? control.in(Phase.MIGRATED)
                : control.in(phase);
    }

    /** How far the run has come; empty if that does not change. */
    private static Optional<Phase> phase(Request request) {
        return switch (request.ending()) {
            case ANALYZED -> Optional.of(Phase.READ);
            case REFUSED -> Optional.of(Phase.REFUSED);
            case TESTED -> Optional.of(Phase.TESTED);
            case MIGRATED -> Optional.of(Phase.MIGRATED);
            case ROLLED_BACK -> Optional.of(Phase.ROLLED_BACK);
            case VERIFIED, STOPPED, INCOMPLETE -> Optional.empty();
        };
    }
}
