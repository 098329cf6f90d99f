package dev.rekey.cli.deployment;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks at an execution again and again until it has ended. */
public final class Follower {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** A service in the cloud, or the network to it, may come back; a command's own stack ends with the command. */
    private static final Duration ENDURED = Duration.ofSeconds(90);

    /** Another command's stack whose process lives may be busy. */
    private static final Duration ENDURED_HERE = Duration.ofSeconds(30);

    /** What DescribeExecution tells is this much older than what has happened, at most. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final Workflow workflow;
    private final Time time;
    private final Lifetime lifetime;
    private final BooleanSupplier gone;

    /**
     * @param lifetime of the executions
     * @param gone whether the stack is known to have ended
     */
    public Follower(Workflow workflow, Time time, Lifetime lifetime, BooleanSupplier gone) {
        this.workflow = workflow;
        this.time = time;
        this.lifetime = lifetime;
        this.gone = gone;
    }

    /** Sees every look at the execution. */
    public interface Watcher {
        void look();

        /** There has been no answer since then. */
        void silent(Instant since);
    }

    /**
     * Returns when the execution has ended.
     *
     * @param run named in the message if the service stops answering
     */
    public State.Ended follow(ExecutionArn execution, RunId run, Watcher watcher) {
        var wait = SHORTEST;
        var settled = time.instant().plus(SETTLED);
        var silent = Optional.<Instant>empty();
        while (true) {
            try {
                if (workflow.describe(execution).state() instanceof State.Ended end) {
                    return end.isComplete() ? end : completed(execution, end);
                }
                watcher.look();
                silent = Optional.empty();
            } catch (StoreException e) {
                var since = silent.orElseGet(time::instant);
                silent = Optional.of(since);
                boolean ended = lifetime == Lifetime.LOCAL_STACK && gone.getAsBoolean();
                if (ended || isTooLong(since) || !mayPass(e, time.instant().isBefore(settled))) {
                    throw lost(run, e, ended);
                }
                watcher.silent(since);
            }
            time.sleep(wait);
            wait = next(wait);
        }
    }

    /** The end with its output, or with its error and cause; without them if they do not come. */
    private State.Ended completed(ExecutionArn execution, State.Ended seen) {
        var settled = time.instant().plus(SETTLED);
        var end = seen;
        while (!end.isComplete() && time.instant().isBefore(settled)) {
            time.sleep(LONGEST);
            if (workflow.describe(execution).state() instanceof State.Ended later) {
                end = later;
            }
        }
        return end;
    }

    /** @param fresh whether the execution may have been started so lately that the service does not know it yet */
    private static boolean mayPass(StoreException e, boolean fresh) {
        return switch (e.kind()) {
            case THROTTLED, UNAVAILABLE -> true;
            case MISSING -> fresh;
            case DENIED, INVALID -> false;
        };
    }

    /** By a twentieth, so that an end is seen later by at most a twentieth of the time gone. */
    private static Duration next(Duration wait) {
        var longer = wait.multipliedBy(21).dividedBy(20);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private boolean isTooLong(Instant since) {
        var endured = switch (lifetime) {
            case CLOUD, COMMAND -> ENDURED;
            case LOCAL_STACK -> ENDURED_HERE;
        };
        return !time.instant().isBefore(since.plus(endured));
    }

    private CommandFailure lost(RunId run, StoreException e, boolean ended) {
        return new CommandFailure(
                ExitCode.INCOMPLETE,
                "ConnectionLost",
                "Cannot follow run " + run + " any further: "
                        + (ended ? whatEnded(run) : e.getMessage() + " " + whatToDo(run)),
                e);
    }

    private static String whatEnded(RunId run) {
        return "the local stack has ended, and with it the execution. What the run wrote is in its undo log."
                + " Start the stack: rekey up. Then continue with: rekey resume --run " + run
                + ", or roll back with: rekey rollback --run " + run + ".";
    }

    private String whatToDo(RunId run) {
        return switch (lifetime) {
            case CLOUD ->
                "It is not known whether the execution continues. Do not start it again; run: rekey status --run " + run
                        + ".";
            case COMMAND ->
                "The run stops, because its stack ends with this command. The progress of the run could not be read."
                        + " Start the stack: rekey up. Then run: rekey status --run " + run + ".";
            case LOCAL_STACK ->
                "It is not known whether the execution continues. If the local stack is still running, run: rekey status --run "
                        + run
                        + ". If not, the run has stopped. Start the stack: rekey up. Then run: rekey resume --run "
                        + run + ".";
        };
    }
}
