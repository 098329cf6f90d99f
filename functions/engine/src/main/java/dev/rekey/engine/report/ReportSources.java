package dev.rekey.engine.report;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.report.RunReport.ComparedUndone;
import dev.rekey.engine.report.RunReport.ReportedCreated;
import dev.rekey.engine.report.RunReport.ReportedMapping;
import dev.rekey.engine.report.RunReport.ReportedMerge;
import dev.rekey.engine.report.RunReport.ReportedMerges;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.undo.VerifyUndoneSegment;
import dev.rekey.engine.verify.JudgeLevel;
import dev.rekey.engine.verify.LevelResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what a run has left in the bucket for its reports. */
public record ReportSources(Documents documents, RunContext run) {
    private static final int MERGES = 200;
    private static final int CREATED = 200;

    /** Empty for a test, which reads no whole table. */
    public Optional<Analysis> analysis() {
        return documents
                .find(run.folder().report(Analysis.NAME), Analysis.class)
                .map(Documents.Versioned::value);
    }

    /** Who started the execution {@code task}: a later one than the run's own says so in the ledger only. */
    Optional<Caller> startedBy(RunId task) {
        if (task.equals(run.manifest().run())) {
            return run.manifest().origin().caller();
        }
        return Stored.entries(documents, run.manifest().run()).stream()
                .filter(entry -> entry.task().equals(Optional.of(task)))
                .flatMap(entry -> entry.by().stream())
                .findFirst();
    }

    /** How the ids of families that the plan declares were mapped. */
    List<ReportedMapping> mappings() {
        return FrozenMappings.find(documents, run.folder(), run.plan()).families().stream()
                .map(one -> new ReportedMapping(one.family(), one.source(), one.entries(), one.digest()))
                .toList();
    }

    /** The records that were merged, with the first of each family. */
    List<ReportedMerges> merges() {
        var merges = FrozenMerges.at(
                documents, run.folder(), run.plan(), run.manifest().levels().size());
        return merges.all().stream()
                .map(FrozenMerges.Merged::family)
                .distinct()
                .map(family -> {
                    var all = merges.of(family);
                    return new ReportedMerges(
                            family,
                            all.size(),
                            all.stream()
                                    .collect(Collectors.groupingBy(
                                            FrozenMerges.Merged::origin, TreeMap::new, Collectors.counting())),
                            all.stream()
                                    .limit(MERGES)
                                    .map(one -> new ReportedMerge(
                                            one.merged().canonical(),
                                            one.survivor().canonical(),
                                            one.origin()))
                                    .toList());
                })
                .toList();
    }

    /** What the run creates, by table. */
    List<ReportedCreated> created() {
        var byTable = FrozenCreated.of(documents, run.folder(), run.plan()).all().stream()
                .collect(Collectors.groupingBy(Created::table, TreeMap::new, Collectors.toList()));
        return byTable.entrySet().stream()
                .map(one -> new ReportedCreated(
                        one.getKey(),
                        one.getValue().size(),
                        one.getValue().stream()
                                .collect(Collectors.groupingBy(
                                        ReportSources::reference, TreeMap::new, Collectors.counting())),
                        one.getValue().stream()
                                .limit(CREATED)
                                .map(record -> new RunReport.CreatedRecord(
                                        record.id().canonical(), reference(record), record.absent()))
                                .toList()))
                .toList();
    }

    private static String reference(Created one) {
        return one.from() + "." + one.reference();
    }

    /** What was read before the first record was written. */
    public List<Timeline> withReading(List<Timeline> stages) {
        var reading = Stream.of(Stage.MERGE, Stage.ANALYZE)
                .flatMap(stage ->
                        StageCheckpoints.of(documents, run.folder(), stage).timeline(stage.name(), 0).stream());
        return Stream.concat(reading, stages.stream()).toList();
    }

    public List<Timeline> ofLevels(StageCheckpoints checkpoints, String stage) {
        var levels = run.manifest().levels();
        return IntStream.range(0, levels.size())
                .mapToObj(index -> checkpoints.only(levels.get(index)).timeline(stage, index + 1))
                .flatMap(Optional::stream)
                .toList();
    }

    List<LevelResult> levels(RunId task) {
        var levels = new ArrayList<LevelResult>();
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            documents
                    .find(JudgeLevel.key(run, task, level), LevelResult.class)
                    .ifPresent(found -> levels.add(found.value()));
        }
        return levels;
    }

    /** All levels, if one of them was not as it should be: then that is why a migration failed. */
    List<LevelResult> unconfirmed(RunId task) {
        var levels = levels(task);
        return levels.stream().anyMatch(level -> level.failures() > 0) ? levels : List.of();
    }

    /** What a verification met of the parts of the run that were rolled back; empty if it met none of their records. */
    Optional<Sentences.RolledBack> rolledBack(List<LevelResult> levels) {
        long records = levels.stream()
                .flatMap(level -> level.tables().values().stream())
                .mapToLong(Counted.ROLLED_BACK::in)
                .sum();
        return records == 0
                ? Optional.empty()
                : Optional.of(new Sentences.RolledBack(
                        records,
                        documents
                                .get(run.folder().control(), Control.class)
                                .value()
                                .undoing()
                                .parts()));
    }

    /** The keys that lie in the lists of a folder, with their tables. */
    private List<String> listed(String name, Predicate<String> wanted) {
        var keys = new TreeSet<String>();
        var prefix = run.folder().key(name).name();
        for (var object : documents.list(prefix)) {
            if (!wanted.test(object.name())) {
                continue;
            }
            var table = object.folderIn(prefix);
            Arrays.stream(documents.get(object, String[].class).value()).forEach(key -> keys.add(table + " " + key));
        }
        return List.copyOf(keys);
    }

    /** What was compared after the rollback that {@code task} did; every word stands there, also where nothing is different. */
    ComparedUndone comparedUndone(RunId task) {
        var tables = Tally.of(documents, run.folder(), Stage.verifyUndone(task)).byTable();
        var totals = new EnumMap<Counted, Long>(Counted.class);
        List.of(Counted.RESTORED, Counted.DRIFT, Counted.DIFFERENT).forEach(what -> totals.put(what, 0L));
        tables.values().forEach(counts -> Counted.add(counts, totals));
        return new ComparedUndone(totals, tables, listed(VerifyUndoneSegment.listName(task) + "/", _ -> true));
    }

    /** What a rollback met of others' work, without what the comparison after it found different. */
    RunReport.OthersWork othersWork(Undoing how, Optional<ComparedUndone> compared) {
        var different = compared.map(ComparedUndone::different).orElse(List.of());
        return switch (how.drift()) {
            case KEEP ->
                new RunReport.OthersWork(
                        without(different, listed("drift/", how.stage()::wrote)), List.of(), List.of());
            case OVERWRITE -> {
                var unrestored = without(different, listed("unrestored/", how.stage()::wrote));
                var overwritten = without(unrestored, listed("overwritten/", how.stage()::wrote));
                yield new RunReport.OthersWork(List.of(), overwritten, unrestored);
            }
        };
    }

    private static List<String> without(List<String> some, List<String> all) {
        var excluded = Set.copyOf(some);
        return all.stream().filter(key -> !excluded.contains(key)).toList();
    }

    /** As they are now: they can change while the run works. */
    Limits limits() {
        return documents
                .find(run.folder().control(), Control.class)
                .map(Versioned::value)
                .map(Control::limits)
                .orElse(Limits.NONE);
    }

    /** What kept the run from going on: the failure that a worker met, else its last error. */
    Optional<Failure> failure(ReportWriter.Request request) {
        return documents
                .find(run.folder().failure(), Failure.class)
                .or(() -> request.cause().isEmpty()
                        ? Optional.empty()
                        : documents.find(run.folder().lastError(), Failure.class))
                .map(Versioned::value);
    }

    /** Why the run did not go on, if nobody wrote that down: what the workflow saw. */
    String cause(ReportWriter.Request request) {
        return failure(request).map(Failure::message).orElse(request.cause());
    }

    /** How it is known that no worker writes any more. */
    String fenced(ReportWriter.Request request) {
        return Fence.of(documents, run.folder(), request.epoch())
                .map(found -> " " + found.sentence())
                .orElse("");
    }
}
