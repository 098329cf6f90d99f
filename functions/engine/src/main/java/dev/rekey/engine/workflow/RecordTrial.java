package dev.rekey.engine.workflow;

import dev.rekey.core.item.Wording;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.GivenRecords;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.WithCreated;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.verify.VerifyScope;
import dev.rekey.engine.verify.VerifyWork;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Arrays;
import java.util.Optional;

/** Migrates a few records and what they reference, exactly as a migration does, and verifies them. */
public final class RecordTrial {
    static final Segment ALL = new Segment(0, 1);

    private final RunContext run;
    private final Ports ports;
    private final Task task;
    private final Pacing pacing;
    private final Source source;
    private final TrialSegments segments;

    /** @param run with no orphans: those of the record are found here */
    RecordTrial(RunContext run, Ports ports, Task task, Pacing pacing) {
        this.run = run;
        this.ports = ports;
        this.task = task;
        this.pacing = pacing;
        this.source = ports.source(run, pacing);
        this.segments = new TrialSegments(run, ports, task, pacing);
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
            return segments.failed(Failure.in(
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
        var records = new TrialRecords(run, source);
        if (id.isPresent() && !records.mayBe(table, id.get())) {
            return segments.failed(records.noSuchId(table, id.get()));
        }
        var first = records.of(table, id);
        if (first.isEmpty()) {
            return segments.failed(records.none(table, id));
        }
        var closure = new Closure(run, ports.inSource(run, pacing), ports.inTarget(run, pacing));
        var failure = closure.collect(first);
        if (failure.isPresent()) {
            return segments.failed(failure.get());
        }
        FrozenOrphans.freeze(ports.documents(), run.folder(), closure.orphans());
        if (run.known().creates()) {
            closure.created().freeze(ports.documents(), run.folder());
        }
        if (!begin()) {
            return new TrialOutcome.Stopped();
        }
        var frozen = run.with(new FrozenOrphans(closure.orphans()));
        var referred = ReferredValues.of(frozen, WithCreated.of(source, run, closure.created()), ports.documents());
        return migrateAndVerify(frozen.taking(referred), closure, referred);
    }

    private TrialOutcome migrateAndVerify(RunContext frozen, Closure closure, ReferredValues referred) {
        var manifest = run.manifest();
        for (int level = 1; level <= manifest.levels().size(); level++) {
            for (var table : manifest.units(level)) {
                var given = new GivenRecords(manifest.sharing(table).stream()
                        .flatMap(one -> closure.records(one).stream())
                        .toList());
                if (!given.records().isEmpty()) {
                    var ended = migrated(new Workplace(ports, task, frozen, table), given, referred);
                    if (ended.isPresent()) {
                        return ended.get();
                    }
                }
            }
        }
        return judged(closure);
    }

    /** The outcome that ends the test; empty if all is well so far. */
    private Optional<TrialOutcome> migrated(Workplace at, GivenRecords records, ReferredValues referred) {
        var steps = KindOfWork.of(at).given(pacing);
        var name = at.table();
        return segments.run(Stage.COPY, name, steps.migrating(ALL, referred.with(name, records)))
                .or(() -> segments.run(
                        verifyStage(),
                        name,
                        steps.comparing(verifyWork(name), referred.with(name, steps.after(records)))));
    }

    private TrialOutcome judged(Closure closure) {
        var tally = Tally.of(ports.documents(), run.folder(), verifyStage());
        long failures = Arrays.stream(Verdict.values())
                .filter(Verdict::isFailure)
                .mapToLong(verdict -> tally.total(verdict.counted()))
                .sum();
        if (failures > 0) {
            return segments.failed(Failure.of(
                    "test.verification",
                    "Cannot pass the test: %d of its %s %s %s. %s See the differences in the run's report."
                            .formatted(
                                    failures,
                                    Wording.count(closure.size(), "record"),
                                    Wording.agree(failures, "is", "are"),
                                    run.plan().changesInPlace()
                                            ? "not as the plan says"
                                            : "missing or wrong in the target",
                                    segments.undoing())));
        }
        return new TrialOutcome.Passed(closure.size());
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

    private boolean begin() {
        return new ControlObject(ports.documents(), run.folder()).begin(task.epoch(), Phase.TESTING);
    }
}
