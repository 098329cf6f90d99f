package dev.rekey.engine.run;

import dev.rekey.core.plan.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The object that a worker reads before every page.
 *
 * @param format 1
 * @param phase how far the run has come
 * @param ownership who works on the run
 * @param throttle what holds its workers back
 * @param cause why the run is being rolled back; empty if no reason was given
 * @param undoing how the run is being rolled back, or was last
 * @param before what the run was until an execution took it that may not work on it yet: its preparation has not ended, or
 *     the rollback not begun. Empty once it may
 */
public record Control(
        int format,
        Phase phase,
        Ownership ownership,
        Throttle throttle,
        Optional<String> cause,
        Undoing undoing,
        Optional<Before> before) {

    /**
     * Who works on a run.
     *
     * @param epoch raised by whatever ends or takes over the work of those before: a worker of another epoch stops
     * @param execution ARN of the execution that works on the run now, or did last
     * @param earlier ARNs of the executions that worked on the run before this one
     */
    public record Ownership(int epoch, String execution, List<String> earlier) {
        public Ownership {
            earlier = List.copyOf(earlier);
        }

        private Ownership takenOver(String by) {
            var others = Stream.concat(earlier.stream(), Stream.of(execution))
                    .filter(one -> !one.equals(by))
                    .distinct()
                    .toList();
            return new Ownership(epoch + 1, by, others);
        }
    }

    /**
     * What holds the workers of a run back.
     *
     * @param paused since when no worker begins a page; empty if the run is not paused
     * @param limits what all workers together may consume
     */
    public record Throttle(Optional<Instant> paused, Limits limits) {}

    /** What a run was, and is again if the execution that took it is refused. */
    public record Before(Phase phase, Undoing undoing) {}

    public static Control start(Phase phase, String execution) {
        return new Control(
                1,
                phase,
                new Ownership(1, execution, List.of()),
                new Throttle(Optional.empty(), Limits.NONE),
                Optional.empty(),
                Undoing.ALL,
                Optional.empty());
    }

    public int epoch() {
        return ownership.epoch();
    }

    public String execution() {
        return ownership.execution();
    }

    public Optional<Instant> paused() {
        return throttle.paused();
    }

    public Limits limits() {
        return throttle.limits();
    }

    /** A run that has ended is not paused. */
    public Control in(Phase next) {
        var reached = new Control(format, next, ownership, throttle, cause, undoing, before);
        return next.isUnfinished() ? reached : reached.unpaused();
    }

    /** The next epoch, in which only {@code execution} works on the run. */
    public Control takenOver(Phase next, String by, Optional<String> why) {
        return new Control(format, next, ownership.takenOver(by), throttle, why.or(() -> cause), undoing, before);
    }

    /** Ended before it was fully prepared, in an epoch without a worker. */
    public Control refused() {
        return takenOver(Phase.REFUSED, execution(), Optional.empty()).in(Phase.REFUSED);
    }

    public Control undoing(Undoing what) {
        return new Control(format, phase, ownership, throttle, cause, what, before);
    }

    public Control paused(Instant since) {
        return throttled(new Throttle(Optional.of(since), limits()));
    }

    public Control unpaused() {
        return throttled(new Throttle(Optional.empty(), limits()));
    }

    public Control within(Limits newLimits) {
        return throttled(new Throttle(paused(), newLimits));
    }

    private Control throttled(Throttle by) {
        return new Control(format, phase, ownership, by, cause, undoing, before);
    }

    /** The same, with what it was written down; what is written down of an earlier preparation that did not end stays. */
    public Control remembering(Control was) {
        return before(was.before.or(() -> Optional.of(new Before(was.phase, was.undoing))));
    }

    /** The preparation has ended well. */
    public Control prepared() {
        return before(Optional.empty());
    }

    private Control before(Optional<Before> was) {
        return new Control(format, phase, ownership, throttle, cause, undoing, was);
    }

    /** The preparation ended with a refusal: the run is what it was. */
    public Control asBefore() {
        return before.map(was -> undoing(was.undoing()).in(was.phase()).prepared())
                .orElse(this);
    }
}
