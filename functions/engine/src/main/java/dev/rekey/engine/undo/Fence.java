package dev.rekey.engine.undo;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Claim;
import dev.rekey.engine.segment.Lease;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.undo.Fenced.EndedLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes sure that no worker writes to the target any more, before anything is undone. */
public final class Fence {
    /** After this the leases alone decide: a worker of an execution that does not end cannot claim any more. */
    private static final Duration LONGEST_WAIT_FOR_EXECUTIONS = Duration.ofSeconds(100);

    private static final Duration NEXT_LOOK_AT_EXECUTIONS = Duration.ofSeconds(1);

    private final Documents documents;
    private final RunFolder folder;
    private final Executions executions;
    private final Invocation invocation;

    public Fence(Documents documents, RunFolder folder, Executions executions, Invocation invocation) {
        this.documents = documents;
        this.folder = folder;
        this.executions = executions;
        this.invocation = invocation;
    }

    /** Whether all earlier workers have stopped. */
    public sealed interface FenceOutcome {
        /** No worker of an earlier epoch can write any more. */
        record Closed(int epoch, Fenced how) implements FenceOutcome {}

        /** An earlier worker may still write, for {@code longest} at most. */
        record Waiting(int epoch, Duration longest) implements FenceOutcome {
            /** A worker that lives gives its lease back long before the deadline, so it is looked at often. */
            private static final long LONGEST_WAIT_SECONDS = 5;

            /** After how many seconds to look again, from 1 to 5. */
            public long seconds() {
                return Math.clamp(1 + longest.toSeconds(), 1, LONGEST_WAIT_SECONDS);
            }
        }

        /** Another execution has taken the run: this one must leave it alone. */
        record Superseded() implements FenceOutcome {}
    }

    /** How the fence of {@code epoch} was closed; empty if there was none. */
    public static Optional<Fenced> of(Documents documents, RunFolder folder, int epoch) {
        return documents.find(Fenced.key(folder, epoch), Fenced.class).map(Documents.Versioned::value);
    }

    /**
     * Raises the run's epoch, unless this execution did so already, and looks at who worked on the run before.
     *
     * @param epoch in which the caller works
     * @param cause why the run is rolled back; empty if it is asked for
     */
    public FenceOutcome close(int epoch, String execution, Optional<String> cause) {
        return raise(epoch, execution, cause).map(this::look).orElseGet(FenceOutcome.Superseded::new);
    }

    /**
     * Looks at who worked on the run before it was taken over, and leaves its phase as it is.
     *
     * @param epoch in which the caller works, raised when it took the run over
     */
    public FenceOutcome await(int epoch) {
        var control = documents.get(folder.control(), Control.class).value();
        return control.epoch() == epoch ? look(control) : new FenceOutcome.Superseded();
    }

    /** The run as it is rolled back; empty if another execution has it. */
    private Optional<Control> raise(int epoch, String execution, Optional<String> cause) {
        var control = new ControlObject(documents, folder)
                .change(found -> Optional.of(found)
                        .filter(ours -> ours.epoch() == epoch
                                && (!isRaised(ours, execution) || ours.before().isPresent()))
                        .map(ours -> isRaised(ours, execution)
                                ? ours.prepared()
                                : ours.takenOver(Phase.ROLLING_BACK, execution, cause)));
        // Raised by an earlier attempt whose answer was lost, perhaps.
        return Optional.of(control).filter(raised -> isRaised(raised, execution) && raised.epoch() - epoch <= 1);
    }

    private static boolean isRaised(Control control, String execution) {
        return control.phase() == Phase.ROLLING_BACK && control.execution().equals(execution);
    }

    private FenceOutcome look(Control control) {
        int epoch = control.epoch();
        var key = Fenced.key(folder, epoch);
        documents.create(key, Fenced.begun(epoch, invocation.time().instant()));
        var fenced = documents.get(key, Fenced.class);
        if (fenced.value().closedAt().isPresent()) {
            return new FenceOutcome.Closed(epoch, fenced.value());
        }
        var others = others(control);
        var leases = leases(epoch);
        var now = invocation.time().instant();
        var open =
                leases.stream().flatMap(lease -> lease.openUntil(now).stream()).max(Instant::compareTo);
        if (open.isPresent()) {
            return new FenceOutcome.Waiting(epoch, Duration.between(now, open.get()));
        }
        boolean going = others.values().stream().anyMatch(ExecutionState.Running.class::isInstance);
        if (going && now.isBefore(fenced.value().begunAt().plus(LONGEST_WAIT_FOR_EXECUTIONS))) {
            return new FenceOutcome.Waiting(epoch, NEXT_LOOK_AT_EXECUTIONS);
        }
        var how = closed(fenced.value(), leases, others, now);
        return switch (documents.replace(key, how, fenced.version())) {
            case PutOutcome.Done _ -> new FenceOutcome.Closed(epoch, how);
            case PutOutcome.ConditionFailed _ ->
                new FenceOutcome.Closed(epoch, documents.get(key, Fenced.class).value());
        };
    }

    private static Fenced closed(
            Fenced begun, List<LeaseState> leases, Map<String, ExecutionState> others, Instant now) {
        var counts = new EnumMap<EndedLease, Long>(EndedLease.class);
        leases.forEach(lease -> counts.merge(lease.ended(), 1L, Long::sum));
        var standings = new TreeMap<String, String>();
        others.forEach((execution, state) -> standings.put(
                execution,
                switch (state) {
                    case ExecutionState.Running _ -> "still running, without a lease";
                    case ExecutionState.Ended ended -> ended.how();
                    case ExecutionState.Unknown _ -> "unknown";
                }));
        return new Fenced(1, begun.epoch(), begun.begunAt(), Optional.of(now), counts, standings);
    }

    /** The state of the executions that worked on the run before, and of all Map Runs. Running ones are asked to end. */
    private Map<String, ExecutionState> others(Control control) {
        var all = new TreeMap<String, ExecutionState>();
        for (var execution : control.ownership().earlier()) {
            var itself = executions.of(execution);
            if (itself instanceof ExecutionState.Running) {
                executions.stop(execution, "Run " + folder.run() + " was stopped or taken over by another execution.");
            }
            all.put(execution, worse(itself, executions.ofMapRuns(execution)));
        }
        if (executions.ofMapRuns(control.execution()) instanceof ExecutionState.Running going) {
            all.put(control.execution(), going);
        }
        return all;
    }

    private static ExecutionState worse(ExecutionState itself, ExecutionState mapRuns) {
        return mapRuns instanceof ExecutionState.Running ? mapRuns : itself;
    }

    /** What became of the lease of one segment. */
    private sealed interface LeaseState {
        record GivenBack() implements LeaseState {}

        record Dead() implements LeaseState {}

        /** @param until when its owner writes nothing any more, with a margin */
        record Held(Instant until) implements LeaseState {}

        default Optional<Instant> openUntil(Instant now) {
            return switch (this) {
                case GivenBack _, Dead _ -> Optional.empty();
                case Held held -> Optional.of(held.until()).filter(now::isBefore);
            };
        }

        /** What it is once it is open no more. */
        default EndedLease ended() {
            return switch (this) {
                case GivenBack _ -> EndedLease.RELEASED;
                case Dead _ -> EndedLease.OWNER_DEAD;
                case Held _ -> EndedLease.EXPIRED;
            };
        }
    }

    /** The leases of earlier epochs on segments that are written to. */
    private List<LeaseState> leases(int epoch) {
        var work = new ArrayList<Supplier<Optional<LeaseState>>>();
        Stream.of(folder.checkpointPrefix(Stage.COPY), folder.rollbackCheckpointPrefix())
                .flatMap(prefix -> documents.list(prefix).stream())
                .forEach(key -> work.add(() -> documents
                        .find(key, Checkpoint.class)
                        .map(checkpoint -> found(checkpoint.value().lease().filter(lease -> lease.epoch() < epoch)))));
        return invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private LeaseState found(Optional<Lease> lease) {
        return lease.<LeaseState>map(held -> invocation.liveness().isDead(held.owner())
                        ? new LeaseState.Dead()
                        : new LeaseState.Held(held.deadline().plus(Claim.MARGIN)))
                .orElseGet(LeaseState.GivenBack::new);
    }
}
