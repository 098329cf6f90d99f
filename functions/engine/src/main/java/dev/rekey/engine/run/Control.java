package dev.rekey.engine.run;

import dev.rekey.engine.plan.Limits;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The object that a worker reads before every page.
 *
 * @param format 1
 * @param epoch raised by whatever ends or takes over the work of those before: a worker of another epoch stops
 * @param phase how far the run has come
 * @param execution ARN of the execution that works on the run now, or did last
 * @param cause why the run is being rolled back; empty if nobody said
 * @param onlyTable the one table that is being rolled back; empty for the whole run
 * @param paused since when no worker begins a page; empty if the run is not paused
 * @param limits what all workers together may consume
 */
public record Control(
        int format,
        int epoch,
        Phase phase,
        String execution,
        Optional<String> cause,
        Optional<String> onlyTable,
        Optional<Instant> paused,
        Limits limits) {

    public Control {
        // Runs of earlier versions have none.
        limits = Objects.requireNonNullElse(limits, Limits.NONE);
    }

    public static Control start(Phase phase, String execution) {
        return new Control(1, 1, phase, execution, Optional.empty(), Optional.empty(), Optional.empty(), Limits.NONE);
    }

    /** A run that has ended is not paused. */
    public Control in(Phase next) {
        var still = next.isUnfinished() ? paused : Optional.<Instant>empty();
        return new Control(format, epoch, next, execution, cause, onlyTable, still, limits);
    }

    /** The next epoch, in which only {@code execution} works on the run. */
    public Control takenOver(Phase next, String by, Optional<String> why) {
        return new Control(format, epoch + 1, next, by, why.or(() -> cause), onlyTable, paused, limits);
    }

    /** The same for a rollback of one table, or of the whole run. */
    public Control limitedTo(Optional<String> table) {
        return new Control(format, epoch, phase, execution, cause, table, paused, limits);
    }

    public Control paused(Instant since) {
        return new Control(format, epoch, phase, execution, cause, onlyTable, Optional.of(since), limits);
    }

    public Control unpaused() {
        return new Control(format, epoch, phase, execution, cause, onlyTable, Optional.empty(), limits);
    }

    public Control within(Limits newLimits) {
        return new Control(format, epoch, phase, execution, cause, onlyTable, paused, newLimits);
    }
}
