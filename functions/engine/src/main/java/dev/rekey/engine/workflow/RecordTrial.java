package dev.rekey.engine.workflow;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Wording;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.FamilyRecords.FamilyRecord;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.migrate.CopySegment;
import dev.rekey.engine.migrate.UpdateSegment;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.GivenRecords;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.scan.WithCreated;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.undo.UndoLog;
import dev.rekey.engine.verify.LaterWrites;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.verify.VerifyInPlace;
import dev.rekey.engine.verify.VerifyScope;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyWork;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Migrates a few records and what they reference, exactly as a migration does, and verifies them. */
public final class RecordTrial {
    private static final Segment ALL = new Segment(0, 1);

    private final RunContext run;
    private final Stores stores;
    private final int epoch;
    private final Invocation invocation;

    /**
     * Where the records are, and where the run is stored.
     *
     * @param target where copied records go
     * @param written where the records of a table are written: those that are changed in place, where they are read
     * @param pacing of the source and the target
     */
    public record Stores(
            Source source, Tables target, Function<TableName, Tables> written, Documents documents, Pacing pacing) {}

    /** @param run with no orphans: those of the record are found here */
    public RecordTrial(RunContext run, Stores stores, int epoch, Invocation invocation) {
        this.run = run;
        this.stores = stores;
        this.epoch = epoch;
        this.invocation = invocation;
    }

    /** How the test went. */
    public sealed interface TrialOutcome {
        record Passed(int records) implements TrialOutcome {}

        record Failed(Failure failure) implements TrialOutcome {}

        /** Another execution has taken over the run. */
        record Stopped() implements TrialOutcome {}
    }

    /** @param id partition key of the record, binary as Base64; empty for the first that the plan includes, one or more */
    public TrialOutcome test(TableName table, Optional<String> id) {
        try {
            return tested(table, id);
        } catch (UnmappableException e) {
            return failed(Failure.in(
                    table,
                    e.unmappable().id(),
                    "Cannot test table %s: Rekey cannot determine whether the plan selects the record: %s at %s. No table was written to. Correct the plan's \"where\" or the record."
                            .formatted(
                                    table,
                                    e.unmappable().message(),
                                    e.unmappable().path())));
        }
    }

    private TrialOutcome tested(TableName table, Optional<String> id) {
        var source = FamilyRecords.ofSource(run, stores.source(), invocation.concurrency());
        var target = FamilyRecords.ofTarget(
                run, name -> new TableSource(stores.written().apply(name), invocation), invocation.concurrency());
        if (id.isPresent() && PartitionKeyText.read(keyType(table), id.get()).isEmpty()) {
            return failed(noSuchId(table, id.get()));
        }
        var first = id.isPresent()
                ? byId(table, id.get()).stream().toList()
                : first(table, run.manifest().options().sample().orElse(1));
        if (first.isEmpty()) {
            return failed(noRecord(table, id));
        }
        var closure = new Closure(run, source, target);
        var failure = closure.collect(first);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        FrozenOrphans.freeze(stores.documents(), run.folder(), closure.orphans());
        if (run.known().creates()) {
            closure.created().freeze(stores.documents(), run.folder());
        }
        if (!begin()) {
            return new TrialOutcome.Stopped();
        }
        var frozen = run.with(new FrozenOrphans(closure.orphans()));
        var records = WithCreated.of(stores.source(), run, closure.created());
        var referred = ReferredValues.of(frozen, records, stores.documents());
        return migrateAndVerify(frozen.taking(referred), closure, referred);
    }

    private Failure noRecord(TableName table, Optional<String> id) {
        var physical = run.manifest().table(table).source().table();
        return Failure.in(
                table,
                "test.no-record",
                id.map(text ->
                                "Cannot test record %s of table %s: %s has no record with this partition key, or the plan's \"where\" excludes it. No table was written to. Choose another id."
                                        .formatted(text, table, physical))
                        .orElseGet(() ->
                                "Cannot test table %s: %s has no record that the plan selects. No table was written to. Choose another table, or correct the plan's \"where\"."
                                        .formatted(table, physical)));
    }

    private Failure noSuchId(TableName table, String id) {
        return Failure.in(
                table,
                "test.bad-id",
                "Cannot test record %s of table %s: the table's partition key is %s, but this id is not. No table was written to. Correct the id."
                        .formatted(id, table, PartitionKeyText.form(keyType(table))));
    }

    private KeyType keyType(TableName table) {
        return run.manifest().table(table).source().partitionKey().type();
    }

    private TrialOutcome migrateAndVerify(RunContext frozen, Closure closure, ReferredValues referred) {
        var manifest = run.manifest();
        for (int level = 1; level <= manifest.levels().size(); level++) {
            for (var table : manifest.units(level)) {
                var records = new GivenRecords(manifest.sharing(table).stream()
                        .flatMap(one -> closure.records(one).stream())
                        .toList());
                if (!records.records().isEmpty()) {
                    var ended = isInPlace(table)
                            ? inPlace(frozen, table, records, referred)
                            : copied(frozen, table, referred.with(table, records));
                    if (ended.isPresent()) {
                        return ended.get();
                    }
                }
            }
        }
        return judged(closure);
    }

    private boolean isInPlace(TableName table) {
        return run.plan().table(table).isInPlace();
    }

    /** The outcome that ends the test; empty if all is well so far. */
    private Optional<TrialOutcome> copied(RunContext frozen, TableName table, SourcePages records) {
        return segment(Stage.COPY, table, copy(frozen, table, records))
                .or(() -> segment(
                        verifyStage(),
                        table,
                        new VerifySource(
                                frozen,
                                verifyWork(table),
                                records,
                                stores.written().apply(table),
                                noLater(),
                                stores.documents(),
                                invocation)));
    }

    private LaterWrites noLater() {
        return LaterWrites.none(stores.documents(), run.manifest());
    }

    /** The same of records that stay where they are: what the update made of them is read again. */
    private Optional<TrialOutcome> inPlace(
            RunContext frozen, TableName table, GivenRecords records, ReferredValues referred) {
        var shape = run.manifest().table(table).source();
        var tables = stores.written().apply(table);
        var updating = new UpdateSegment(
                new UpdateSegment.Work(
                        run.manifest().run(),
                        epoch,
                        table,
                        shape,
                        CopyState.changed(stores.documents(), frozen, table),
                        ALL),
                referred.with(table, records),
                tables,
                new UndoLog(stores.documents(), run.folder()),
                invocation);
        return segment(Stage.COPY, table, updating).or(() -> {
            var keys = records.records().stream().map(shape::keyOf).toList();
            var now = new KeyReader(tables, shape, invocation).read(keys);
            var again = referred.with(table, new GivenRecords(List.copyOf(now.values())));
            return segment(
                    verifyStage(),
                    table,
                    new VerifyInPlace(frozen, verifyWork(table), again, noLater(), stores.documents(), invocation));
        });
    }

    private TrialOutcome judged(Closure closure) {
        var tally = Tally.of(stores.documents(), run.folder(), verifyStage());
        long failures = Arrays.stream(Verdict.values())
                .filter(Verdict::isFailure)
                .mapToLong(verdict -> tally.total(verdict.counted()))
                .sum();
        if (failures > 0) {
            return failed(Failure.of(
                    "test.verification",
                    "Cannot pass the test: %d of its %s %s %s. %s See the differences in the run's report."
                            .formatted(
                                    failures,
                                    Wording.count(closure.size(), "record"),
                                    Wording.agree(failures, "is", "are"),
                                    run.plan().changesInPlace()
                                            ? "not as the plan says"
                                            : "missing or wrong in the target",
                                    undoing())));
        }
        return new TrialOutcome.Passed(closure.size());
    }

    /** The outcome that ends the test; empty if the segment is done. */
    private Optional<TrialOutcome> segment(Stage stage, TableName table, PageStep step) {
        var work = new SegmentWork(stores.documents(), run.folder(), epoch, invocation, stores.pacing());
        var outcome = work.run(stage, table, ALL, step);
        while (outcome instanceof SegmentOutcome.Busy(var until)) {
            awaitEarlierAttempt(table, until);
            outcome = work.run(stage, table, ALL, step);
        }
        return switch (outcome) {
            case SegmentOutcome.Done _ -> Optional.empty();
            case SegmentOutcome.Failed failed -> Optional.of(new TrialOutcome.Failed(failed.failure()));
            case SegmentOutcome.Stopped _ -> Optional.of(new TrialOutcome.Stopped());
            case SegmentOutcome.Paused _ ->
                Optional.of(failed(Failure.in(
                        table,
                        "test.paused",
                        "Cannot test a record of " + table + ": the run was paused. " + undoing()
                                + " Start the test again.")));
            case SegmentOutcome.More _, SegmentOutcome.Busy _ ->
                Optional.of(failed(Failure.in(
                        table,
                        "test.time",
                        "Cannot test a record of " + table
                                + ": it exceeded the time of one invocation. " + undoing()
                                + " Lower closureLimit, or increase the capacity of the tables.")));
        };
    }

    /** An attempt whose function died may still write until its lease ends. */
    private void awaitEarlierAttempt(TableName table, Instant until) {
        var now = invocation.time().instant();
        if (!until.isBefore(invocation.end())) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "Cannot test a record of " + table + ": an earlier attempt may still write until " + until
                            + ". Nothing was changed by this one. It is tried again.");
        }
        invocation.time().sleep(Duration.between(now, until));
    }

    private PageStep copy(RunContext frozen, TableName table, SourcePages records) {
        var work = new CopySegment.Work(
                run.manifest().run(),
                epoch,
                table,
                run.manifest().table(table),
                CopyState.copied(stores.documents(), frozen, table),
                ALL,
                Optional.empty(),
                // A test does not look whether its target is empty.
                false);
        return new CopySegment(
                work,
                records,
                stores.written().apply(table),
                new UndoLog(stores.documents(), run.folder()),
                invocation);
    }

    private VerifyWork verifyWork(TableName table) {
        return new VerifyWork(
                run.manifest().run(),
                table,
                ALL,
                run.manifest().table(table).level(),
                Search.NOTHING,
                Showing.IDS,
                VerifyScope.ALL);
    }

    private Stage verifyStage() {
        return Stage.verify(run.manifest().run(), "source");
    }

    private String undoing() {
        if (!run.plan().changesInPlace()) {
            return "What was written is removed.";
        }
        return run.plan().copies()
                ? "What was written is removed, and what was changed is restored."
                : "What was changed is restored.";
    }

    private boolean begin() {
        return new ControlObject(stores.documents(), run.folder()).begin(epoch, Phase.TESTING);
    }

    private TrialOutcome failed(Failure failure) {
        stores.documents().create(run.folder().failure(), failure);
        return new TrialOutcome.Failed(failure);
    }

    private Optional<FamilyRecord> byId(TableName table, String id) {
        var mapping = run.mapping(table);
        var shape = run.manifest().table(table).source();
        // Of other tables in the same physical table, there may be any number with the key.
        int enough = run.plan().table(table).kind().isPresent() ? Integer.MAX_VALUE : 1;
        return PartitionKeyText.read(keyType(table), id)
                .flatMap(key -> stores.source().find(shape, shape.partitionKey(), key, enough).stream()
                        .filter(mapping::includes)
                        .findFirst())
                .map(record -> new FamilyRecord(table, record));
    }

    private List<FamilyRecord> first(TableName table, int most) {
        var shape = run.manifest().table(table).source();
        var mapping = run.mapping(table);
        var scan = stores.source().read(Division.whole(shape, true));
        var cursor = Optional.<com.fasterxml.jackson.databind.JsonNode>empty();
        var found = new ArrayList<FamilyRecord>();
        do {
            var page = scan.page(ALL, cursor);
            page.items().stream()
                    .filter(mapping::includes)
                    .limit(most - found.size())
                    .map(record -> new FamilyRecord(table, record))
                    .forEach(found::add);
            cursor = page.next();
        } while (cursor.isPresent() && found.size() < most);
        return found;
    }
}
