package dev.rekey.cli.deployment;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import java.time.Duration;

/** Looks at an execution again and again until it has ended. */
public final class Follower {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int FAILURES_ENDURED = 90;

    /** What DescribeExecution tells is this much older than what has happened, at most. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final Workflow workflow;
    private final Time time;
    private final Lifetime lifetime;
    private final String place;

    /**
     * What is said when the service stops answering needs the last two.
     *
     * @param lifetime of the executions
     * @param place the options that lead another command to the same stack, with a blank before each
     */
    public Follower(Workflow workflow, Time time, Lifetime lifetime, String place) {
        this.workflow = workflow;
        this.time = time;
        this.lifetime = lifetime;
        this.place = place;
    }

    /** Sees every look at the execution. */
    public interface Watcher {
        void look();
    }

    /**
     * Returns when the execution has ended.
     *
     * @param run named in the message if the service stops answering
     */
    public State.Ended follow(ExecutionArn execution, RunId run, Watcher watcher) {
        var wait = SHORTEST;
        var settled = time.instant().plus(SETTLED);
        int failures = 0;
        while (true) {
            try {
                if (workflow.describe(execution).state() instanceof State.Ended end) {
                    return end.isComplete() ? end : completed(execution, end);
                }
                failures = 0;
                watcher.look();
            } catch (StoreException e) {
                failures++;
                if (failures >= FAILURES_ENDURED || !mayPass(e, time.instant().isBefore(settled))) {
                    throw lost(run, e);
                }
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

    private CommandFailure lost(RunId run, StoreException e) {
        return new CommandFailure(
                ExitCode.INCOMPLETE,
                "ConnectionLost",
                "Cannot follow run " + run + " any further: " + e.getMessage() + " " + whatBecameOfIt(run),
                e);
    }

    private String whatBecameOfIt(RunId run) {
        return switch (lifetime) {
            case CLOUD ->
                "The execution continues. Do not start it again; run: rekey status --run " + run + place + " --watch.";
            case COMMAND, LOCAL_STACK ->
                "If the local stack is still running, the execution continues: rekey status --run " + run
                        + place + " --watch. If it has ended, the run has stopped: rekey resume --run "
                        + run
                        + place + ".";
        };
    }
}
