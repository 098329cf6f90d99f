package dev.rekey.engine.run;

import java.util.Optional;

/**
 * The object that a worker reads before every page.
 *
 * @param format 1
 * @param epoch raised by whatever ends or takes over the work of those before: a worker of another epoch stops
 * @param phase how far the run has come
 * @param execution ARN of the execution that works on the run now, or did last
 * @param cause why the run is being rolled back; empty if nobody said
 * @param undoing how the run is being rolled back
 */
public record Control(int format, int epoch, Phase phase, String execution, Optional<String> cause, Undoing undoing) {
    public Control {
        undoing = undoing == null ? Undoing.ALL : undoing;
    }

    public static Control start(Phase phase, String execution) {
        return new Control(1, 1, phase, execution, Optional.empty(), Undoing.ALL);
    }

    public Control in(Phase next) {
        return new Control(format, epoch, next, execution, cause, undoing);
    }

    /** The next epoch, in which only {@code execution} works on the run. */
    public Control takenOver(Phase next, String by, Optional<String> why) {
        return new Control(format, epoch + 1, next, by, why.or(() -> cause), undoing);
    }

    public Control undoing(Undoing what) {
        return new Control(format, epoch, phase, execution, cause, what);
    }
}
