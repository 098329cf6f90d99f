package dev.rekey.engine.run;

import dev.rekey.engine.plan.Limits;
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
 * @param cause why the run is being rolled back; empty if nobody said
 * @param undoing how the run is being rolled back, or was last
 * @param earlier ARNs of the executions that worked on the run before this one
 * @param paused since when no worker begins a page; empty if the run is not paused
 * @param limits what all workers together may consume
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
        Limits limits) {

    /** Runs of earlier versions lack the later ones of these. */
    public Control {
        undoing = Objects.requireNonNullElse(undoing, Undoing.ALL);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        limits = Objects.requireNonNullElse(limits, Limits.NONE);
    }

    public static Control start(Phase phase, String execution) {
        return new Control(
                1, 1, phase, execution, Optional.empty(), Undoing.ALL, List.of(), Optional.empty(), Limits.NONE);
    }

    /** A run that has ended is not paused. */
    public Control in(Phase next) {
        var still = next.isUnfinished() ? paused : Optional.<Instant>empty();
        return new Control(format, epoch, next, execution, cause, undoing, earlier, still, limits);
    }

    /** The next epoch, in which only {@code execution} works on the run. */
    public Control takenOver(Phase next, String by, Optional<String> why) {
        var before = Stream.concat(earlier.stream(), Stream.of(execution))
                .filter(one -> !one.equals(by))
                .distinct()
                .toList();
        return new Control(format, epoch + 1, next, by, why.or(() -> cause), undoing, before, paused, limits);
    }

    /** Ended before it was wholly prepared, in an epoch in which nobody works on it. */
    public Control refused() {
        return takenOver(Phase.REFUSED, execution, Optional.empty()).in(Phase.REFUSED);
    }

    public Control undoing(Undoing what) {
        return new Control(format, epoch, phase, execution, cause, what, earlier, paused, limits);
    }

    public Control paused(Instant since) {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, Optional.of(since), limits);
    }

    public Control unpaused() {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, Optional.empty(), limits);
    }

    public Control within(Limits newLimits) {
        return new Control(format, epoch, phase, execution, cause, undoing, earlier, paused, newLimits);
    }
}
