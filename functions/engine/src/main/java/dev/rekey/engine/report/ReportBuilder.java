package dev.rekey.engine.report;

import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.MappingChange;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.UsedOptions;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A report in the making. */
final class ReportBuilder {
    private static final int DIFFERENCES = 100;
    private static final int ARN_PARTS = 7;
    private static final int REGION = 3;
    private static final int ACCOUNT = 4;

    private final RunContext run;
    private final Time time;
    private final ReportWriter.Request request;
    private Optional<Readiness> verdict = Optional.empty();
    private Optional<String> error = Optional.empty();
    private String message = "";
    private Map<TableName, Map<Counted, Long>> tables = Map.of();
    private List<LevelResult> levels = List.of();
    private List<dev.rekey.core.plan.document.Problem> problems = List.of();
    private List<String> differenceFiles = List.of();
    private RunReport.FrozenIds frozen = new RunReport.FrozenIds(List.of(), List.of(), List.of());
    private List<Timeline> timelines = List.of();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Analysis> analysis = Optional.empty();
    private Optional<ChangeSummary> changes = Optional.empty();
    private RunReport.OthersWork others = RunReport.OthersWork.NONE;
    private Optional<RunReport.ComparedUndone> undone = Optional.empty();
    private Scope scope;
    private List<MappingChange> mappingChanges = List.of();
    private Limits limits = Limits.NONE;
    private Optional<Caller> startedBy = Optional.empty();

    ReportBuilder(RunContext run, Time time, ReportWriter.Request request) {
        this.run = run;
        this.time = time;
        this.request = request;
        this.scope = run.manifest().options().scope();
    }

    ReportBuilder verdict(Readiness found) {
        verdict = Optional.of(found);
        return this;
    }

    ReportBuilder message(String sentence) {
        message = sentence;
        return this;
    }

    ReportBuilder error(Optional<String> name) {
        error = name;
        return this;
    }

    ReportBuilder tables(Map<TableName, Map<Counted, Long>> counts) {
        tables = counts;
        return this;
    }

    ReportBuilder problems(List<dev.rekey.core.plan.document.Problem> found) {
        problems = found;
        return this;
    }

    ReportBuilder analysis(Optional<Analysis> ofSource) {
        analysis = ofSource;
        return this;
    }

    ReportBuilder changes(Optional<ChangeSummary> listed) {
        changes = listed;
        return this;
    }

    ReportBuilder frozen(RunReport.FrozenIds ids) {
        frozen = ids;
        return this;
    }

    ReportBuilder verification(List<LevelResult> results) {
        levels = results;
        return this;
    }

    ReportBuilder differenceFiles(List<String> keys) {
        differenceFiles = keys;
        return this;
    }

    ReportBuilder limits(Limits ofRun) {
        limits = ofRun;
        return this;
    }

    ReportBuilder startedBy(Optional<Caller> caller) {
        startedBy = caller;
        return this;
    }

    /** Those of the verification are known without. */
    ReportBuilder timelines(List<Timeline> stages) {
        timelines = stages;
        return this;
    }

    ReportBuilder failure(Optional<Failure> met) {
        failure = met;
        return this;
    }

    ReportBuilder others(RunReport.OthersWork met) {
        others = met;
        return this;
    }

    /** Of a verification of a part of the run. */
    ReportBuilder scope(Scope judged) {
        if (!judged.isEverything()) {
            scope = judged;
        }
        return this;
    }

    ReportBuilder mappingChanges(List<MappingChange> found) {
        mappingChanges = found;
        return this;
    }

    ReportBuilder undone(Optional<RunReport.ComparedUndone> compared) {
        undone = compared;
        return this;
    }

    RunReport report() {
        return new RunReport(
                1,
                subject(),
                new RunReport.Ending(outcome(), verdict, message, error, failure, problems),
                new RunReport.Work(
                        totals(),
                        ofTables(),
                        ReportedChecks.of(run, analysis, levels),
                        PlanReferences.of(run),
                        rewritten(),
                        frozen,
                        allTimelines(),
                        analysis.map(Analysis::survey),
                        changes),
                verified(),
                others,
                Optional.empty());
    }

    private RunReport.Subject subject() {
        var manifest = run.manifest();
        var arn = manifest.origin().execution().split(":", ARN_PARTS);
        return new RunReport.Subject(
                manifest.run(),
                request.task(),
                request.action().word(),
                startedBy,
                arn[ACCOUNT],
                arn[REGION],
                run.plan().name(),
                new RunReport.Basis(
                        run.plan().fingerprint(),
                        mode().word(),
                        manifest.options().parameters(),
                        Optional.of(scope).filter(part -> !part.isEverything()),
                        UsedOptions.of(manifest.origin(), limits),
                        run.plan().declared().notes()),
                manifest.startedAt(),
                time.instant());
    }

    private ReportedMode mode() {
        return ReportedMode.of(run.plan());
    }

    /** Of a migration; a rule that keeps ids rewrites none. */
    private List<RunReport.RewrittenReference> rewritten() {
        return switch (request.ending()) {
            case MIGRATED ->
                analysis.map(Analysis::survey).stream()
                        .flatMap(found -> RewrittenReferences.of(run.plan(), found))
                        .toList();
            case ANALYZED, REFUSED, TESTED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE -> List.of();
        };
    }

    private RunReport.Verified verified() {
        return new RunReport.Verified(
                verdicts(),
                remaining(),
                differences(),
                differenceFiles,
                digests(),
                levels.stream().flatMap(level -> level.stale().stream()).toList(),
                undone,
                mappingChanges);
    }

    private List<Difference> differences() {
        return levels.stream()
                .flatMap(level -> level.differences().stream())
                .sorted(Comparator.comparing(one -> !one.fails()))
                .limit(DIFFERENCES)
                .toList();
    }

    private Map<TableName, Map<String, TableDigest>> digests() {
        var all = new TreeMap<TableName, Map<String, TableDigest>>();
        levels.forEach(level -> all.putAll(level.reading().digests()));
        return all;
    }

    private List<Timeline> allTimelines() {
        return Stream.concat(timelines.stream(), levels.stream().flatMap(level -> level.reading().timelines().stream()))
                .sorted(Comparator.comparing(Timeline::begunAt))
                .toList();
    }

    /** A test that passed is tested, whether or not its records are removed again. */
    private String outcome() {
        boolean passed = request.action() == Action.TEST && error.isEmpty();
        return passed && request.ending() == RunOutcome.ROLLED_BACK
                ? RunOutcome.TESTED.word()
                : request.ending().word();
    }

    /** Of all tables. What is created for references to it was read from none. */
    private Map<Counted, Long> totals() {
        var totals = new TreeMap<>(new Tally(tables).totals());
        tables.forEach((table, counts) -> {
            if (table.isCreated()) {
                Stream.of(Counted.READ, Counted.BYTES)
                        .forEach(what -> totals.computeIfPresent(what, (_, all) -> all - what.in(counts)));
            }
        });
        return totals;
    }

    private Map<TableName, RunReport.OfTable> ofTables() {
        var counts = new TreeMap<TableName, Map<Counted, Long>>();
        tables.forEach((table, some) -> counts.put(table, Counted.sum(some, Map.of())));
        levels.forEach(level -> level.tables()
                .forEach((table, some) -> counts.computeIfAbsent(table, _ -> new EnumMap<>(Counted.class))
                        .putAll(some)));
        var all = new TreeMap<TableName, RunReport.OfTable>();
        // A survivor may be in a table that the run does not work on.
        counts.keySet().retainAll(run.manifest().tables().keySet());
        counts.forEach((table, some) -> all.put(
                table,
                new RunReport.OfTable(
                        run.manifest().table(table).level(),
                        mode(table),
                        run.manifest().route(table),
                        some)));
        return all;
    }

    /** Where it is not that of the run. */
    private Optional<String> mode(TableName table) {
        return Optional.of(mode())
                .filter(ReportedMode.MIXED::equals)
                .map(_ -> ReportedMode.of(run.table(table.named())).word());
    }

    /** Of a run that was taken back, nothing is left to do. */
    private Map<Counted, Long> remaining() {
        return switch (request.ending()) {
            case MIGRATED, VERIFIED -> Remaining.of(levels).counts();
            case ANALYZED, REFUSED, TESTED, ROLLED_BACK, STOPPED, INCOMPLETE -> Map.of();
        };
    }

    private Map<Counted, Long> verdicts() {
        var sum = new TreeMap<Counted, Long>();
        if (!levels.isEmpty()) {
            Arrays.stream(Verdict.values()).forEach(one -> sum.put(one.counted(), 0L));
            levels.forEach(level -> level.tables()
                    .values()
                    .forEach(counts -> counts.forEach(
                            (what, count) -> sum.computeIfPresent(what, (_, before) -> before + count))));
        }
        return sum;
    }
}
