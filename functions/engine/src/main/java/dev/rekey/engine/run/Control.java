package dev.rekey.engine.run;

import dev.rekey.core.plan.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The object that a worker reads before every page.
 *
 * @param format 1
 * @param epoch raised by whatever ends or takes over the work of those before: a worker of another epoch stops
 * @param phase how far the run has come
 * @param execution ARN of the execution that works on the run now, or did last
 * @param cause why the run is being rolled back; empty if no reason was given
 * @param undoing how the run is being rolled back, or was last
 * @param earlier ARNs of the executions that worked on the run before this one
 * @param paused since when no worker begins a page; empty if the run is not paused
 * @param limits what all workers together may consume
 * @param before what the run was until an execution took it that may not work on it yet: its preparation has not ended.
 *     Empty once it may
 */
public record Control(
        int format,
        int epoch,
        Phase phase,
        String execution,
        Optional<String> cause,
        Undoing undoing,
        List<String> earlier,
        Optional<Instant> paused,
        Limits limits,
        Optional<Before> before) {

    /** What a run was, and is again if the execution that took it is refused. */
    public record Before(Phase phase, Undoing undoing) {}

    /** Runs of earlier versions lack the later ones of these. */
    public Control {
        undoing = Objects.requireNonNullElse(undoing, Undoing.ALL);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        limits = Objects.requireNonNullElse(limits, Limits.NONE);
    }

    public static Control start(Phase phase, String execution) {
        return new Control(
                1,
                1,
                phase,
                execution,
                Optional.empty(),
                Undoing.ALL,
                List.of(),
                Optional.empty(),
                Limits.NONE,
                Optional.empty());
    }

    /** A run that has ended is not paused. */
    public Control in(Phase next) {
        var still = next.isUnfinished() ? paused : Optional.<Instant>empty();
        return new Control(format, epoch, next, execution, cause, undoing, earlier, still, limits, before);
    }

    /** The next epoch, in which only {@code execution} works on the run. */
    public Control takenOver(Phase next, String by, Optional<String> why) {
        var others = Stream.concat(earlier.stream(), Stream.of(execution))
                .filter(one -> !one.equals(by))
                .distinct()
                .toList();
        return new Control(format, epoch + 1, next, by, why.or(() -> cause), undoing, others, paused, limits, before);
    }

    /** Ended before it was fully prepared, in an epoch without a worker. */
    public Control refused() {
        return takenOver(Phase.REFUSED, execution, Optional.empty()).in(Phase.REFUSED);
    }

    public Control undoing(Undoing what) {
        return new Control(format, epoch, phase, execution, cause, what, earlier, paused, limits, before);
    }

    public Control paused(Instant since) {
        return new Control(
                format, epoch, phase, execution, cause, undoing, earlier, Optional.of(since), limits, before);
    }

    public Control unpaused() {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, Optional.empty(), limits, before);
    }

    public Control within(Limits newLimits) {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, paused, newLimits, before);
    }

    /** The same, with what it was written down; what is written down of an earlier preparation that did not end stays. */
    public Control remembering(Control was) {
        var still = was.before.or(() -> Optional.of(new Before(was.phase, was.undoing)));
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, paused, limits, still);
    }

    /** The preparation has ended well. */
    public Control prepared() {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, paused, limits, Optional.empty());
    }

    /** The preparation ended with a refusal: the run is what it was. */
    public Control asBefore() {
        return before.map(was -> undoing(was.undoing()).in(was.phase()).prepared())
                .orElse(this);
    }
}
