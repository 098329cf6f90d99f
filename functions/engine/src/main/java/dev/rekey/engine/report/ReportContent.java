package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.VerifyScope;
import java.util.List;
import java.util.Optional;

/** Composes the report of each way in which an execution ends. */
final class ReportContent {
    private final Documents documents;
    private final RunContext run;
    private final Time time;
    private final ReportSources sources;
    private final Sentences sentences;

    ReportContent(Documents documents, RunContext run, Time time) {
        this.documents = documents;
        this.run = run;
        this.time = time;
        this.sources = new ReportSources(documents, run);
        this.sentences = Sentences.of(run.plan());
    }

    RunReport of(ReportWriter.Request request) {
        return switch (request.ending()) {
            case ANALYZED, REFUSED -> analyzed(request);
            case TESTED, MIGRATED -> migrated(request);
            case VERIFIED -> verified(request);
            case ROLLED_BACK -> rolledBack(request);
            case STOPPED -> stopped(request);
            case INCOMPLETE -> incomplete(request);
        };
    }

    private ReportBuilder builder(ReportWriter.Request request) {
        return new ReportBuilder(run, time, request)
                .frozen(new RunReport.FrozenIds(sources.mappings(), sources.merges(), sources.created()))
                .startedBy(sources.startedBy(request.task()))
                .limits(sources.limits());
    }

    private RunReport analyzed(ReportWriter.Request request) {
        var analysis = sources.analysis().orElseThrow();
        var read = StageCheckpoints.of(documents, run.folder(), Stage.ANALYZE);
        boolean refused = request.ending() == RunOutcome.REFUSED;
        return builder(request)
                .verdict(analysis.verdict())
                .message(refused ? request.cause() : analysis.message())
                .error(refused ? Optional.of(ErrorNames.NOT_READY) : Optional.empty())
                .tables(analysis.tables())
                .problems(analysis.problems())
                .timelines(read.timeline("analyze", 0).stream().toList())
                .analysis(Optional.of(analysis))
                .changes(ChangeList.summary(documents, run.manifest()))
                .report();
    }

    private RunReport migrated(ReportWriter.Request request) {
        var checkpoints = StageCheckpoints.of(documents, run.folder(), Stage.COPY);
        var copied = checkpoints.tally();
        var message = switch (request.ending()) {
            case TESTED ->
                "%s were %s and verified: %s."
                        .formatted(
                                run.manifest().options().sample().orElse(1) == 1
                                        ? "The record and everything it references"
                                        : "The first records and everything they reference",
                                sentences.migrated(),
                                Wording.count(copied.total(Counted.READ), "record"));
            case ANALYZED, REFUSED, MIGRATED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE ->
                sentences.done(copied, createdInPlace(copied));
        };
        var levels = sources.levels(request.task());
        return builder(request)
                .message(message + Remaining.of(levels).sentences(sentences))
                .tables(copied.byTable())
                .analysis(sources.analysis())
                .problems(sources.analysis().map(Analysis::problems).orElse(List.of()))
                .verification(levels)
                .differenceFiles(differenceFiles(request))
                .timelines(sources.withReading(sources.ofLevels(checkpoints, "copy")))
                .report();
    }

    private long createdInPlace(Tally copied) {
        return copied.byTable().entrySet().stream()
                .filter(table -> table.getKey().isCreated() && run.isWrittenInPlace(table.getKey()))
                .mapToLong(table -> Counted.CREATED.in(table.getValue()))
                .sum();
    }

    private RunReport verified(ReportWriter.Request request) {
        var scope = VerifyScope.find(documents, run.folder(), request.task()).part();
        var levels = sources.levels(request.task());
        if (!scope.isEverything() && isEmpty(levels)) {
            return builder(request)
                    .scope(scope)
                    .message(Sentences.nothingIn(run.manifest().run().value(), scope))
                    .error(Optional.of(ErrorNames.REFUSED))
                    .report();
        }
        var changes = MappingChange.find(documents, run.folder(), request.task());
        var id = run.manifest().run().value();
        long failures = levels.stream().mapToLong(LevelResult::failures).sum();
        var right = sentences.right(Remaining.of(levels), skipped(levels), sources.rolledBack(levels));
        var oldIds = OldIdsFound.of(levels);
        var unconfirmed = failures > 0
                ? Optional.of(sentences.differences(id, failures) + sentences.stale(oldIds))
                : oldIds.unconfirmed(id, right);
        return builder(request)
                .message(unconfirmed.orElseGet(() -> right + sentences.stale(oldIds))
                        + Sentences.only(scope)
                        + Sentences.changed(changes))
                .mappingChanges(changes)
                .scope(scope)
                .error(unconfirmed.map(_ -> ErrorNames.VERIFICATION_FAILED))
                .verification(levels)
                .differenceFiles(differenceFiles(request))
                .report();
    }

    private static long skipped(List<LevelResult> levels) {
        return levels.stream()
                .flatMap(level -> level.tables().values().stream())
                .mapToLong(Counted.SKIPPED::in)
                .sum();
    }

    private static boolean isEmpty(List<LevelResult> levels) {
        return levels.stream()
                .flatMap(level -> level.tables().values().stream())
                .flatMap(counts -> counts.values().stream())
                .allMatch(count -> count == 0);
    }

    private RunReport rolledBack(ReportWriter.Request request) {
        var how = documents.get(run.folder().control(), Control.class).value().undoing();
        var checkpoints = StageCheckpoints.of(documents, run.folder(), how);
        var tally = checkpoints.tally();
        var compared = how.verify()
                ? Optional.of(sources.comparedUndone(request.task()))
                : Optional.<RunReport.ComparedUndone>empty();
        var others = sources.othersWork(how, compared);
        var cause = sources.cause(request);
        boolean failed = request.action() == Action.MIGRATE || (!cause.isEmpty() && request.action() == Action.TEST);
        var what = sentences.undone(tally) + ", " + Sentences.drift(how.drift(), others, tally.total(Counted.REFERRED));
        var unconfirmed = failed ? sources.unconfirmed(request.task()) : List.<LevelResult>of();
        boolean nothing = tally.totals().values().stream().allMatch(count -> count == 0);
        return builder(request)
                .message(message(request, failed, cause, nothing ? Optional.empty() : Optional.of(what))
                        + only(how)
                        + compared.map(Sentences::compared).orElse("")
                        + sources.fenced(request))
                .error(failed ? Optional.of(errorOf(request, others)) : compared.flatMap(ReportContent::different))
                .undone(compared)
                .tables(tally.byTable())
                .others(others)
                .verification(unconfirmed)
                .differenceFiles(unconfirmed.isEmpty() ? List.of() : differenceFiles(request))
                .timelines(sources.ofLevels(checkpoints, "rollback"))
                .failure(sources.failure(request))
                .report();
    }

    /** A test that met what does not fit before it wrote anything was refused, and not taken back. */
    private String errorOf(ReportWriter.Request request, RunReport.OthersWork others) {
        boolean refused = request.action() == Action.TEST
                && sources.failure(request).isPresent()
                && StageCheckpoints.of(documents, run.folder(), Stage.COPY)
                        .segments()
                        .isEmpty();
        return refused ? ErrorNames.NOT_READY : rolledBack(others);
    }

    private static String rolledBack(RunReport.OthersWork others) {
        return others.left() == 0 ? ErrorNames.ROLLED_BACK : ErrorNames.ROLLED_BACK_WITH_DRIFT;
    }

    private static Optional<String> different(RunReport.ComparedUndone compared) {
        return Counted.DIFFERENT.in(compared.counts()) > 0
                ? Optional.of(ErrorNames.VERIFICATION_FAILED)
                : Optional.empty();
    }

    /** @param what came of the rollback; empty if there was nothing to undo */
    private String message(ReportWriter.Request request, boolean failed, String cause, Optional<String> what) {
        if (failed) {
            return (cause.endsWith(".") ? cause : cause + ".")
                    + what.map(done -> " The run was rolled back: " + done + ".")
                            .orElse(" There was nothing to undo.");
        }
        return request.action() == Action.TEST
                ? "The test passed, and its records were " + sentences.takenBack() + ": "
                        + what.orElse("nothing had been written") + "."
                : "Rolled back: " + what.orElse("there was nothing to undo") + ".";
    }

    /** Which records are meant; empty if all of them. */
    private static String only(Undoing how) {
        return how.where().isEmpty()
                ? ""
                : " Only records that had "
                        + Wording.list(how.where().entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .toList())
                        + " before the run; the rest of the run stays migrated.";
    }

    private RunReport stopped(ReportWriter.Request request) {
        var id = run.manifest().run();
        return builder(request)
                .message(
                        "Run %s is stopped and its tables stay locked.%s Run: rekey resume --run %s or rekey rollback --run %s."
                                .formatted(id, sources.fenced(request), id, id))
                .tables(Tally.of(documents, run.folder(), Stage.COPY).byTable())
                .report();
    }

    private RunReport superseded(ReportWriter.Request request) {
        var id = run.manifest().run();
        return builder(request)
                .message(
                        "Cannot continue run %s: another execution has taken it over. This execution has changed nothing since. See: rekey status --run %s."
                                .formatted(id, id))
                .error(Optional.of(ErrorNames.SUPERSEDED))
                .report();
    }

    private RunReport incomplete(ReportWriter.Request request) {
        if (new RunEnd(documents, run).isSuperseded(request.epoch())) {
            return superseded(request);
        }
        var id = run.manifest().run();
        var failure = sources.cause(request);
        var copied = StageCheckpoints.of(documents, run.folder(), Stage.COPY);
        return builder(request)
                .message("Cannot complete %s of run %s: %s %s"
                        .formatted(
                                request.action().word(),
                                id,
                                failure.endsWith(".") ? failure : failure + ".",
                                Unfinished.next(request.action(), id)))
                .error(Optional.of(ErrorNames.INCOMPLETE))
                .tables(copied.tally().byTable())
                .timelines(sources.ofLevels(copied, "copy"))
                .failure(sources.failure(request))
                .report();
    }

    private List<String> differenceFiles(ReportWriter.Request request) {
        return new DifferenceFiles(
                        documents,
                        run,
                        request.name(run.manifest().run(), request.ending().word()))
                .write(request.task());
    }
}
