package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TableLocks;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds runs that hold locks: without a worker they cost nothing and report nothing, but their tables stay locked. */
public record WatchState(Ports ports) {

    /**
     * A run that holds locks.
     *
     * @param control empty if the object is gone: whether the run ended is unknown
     * @param locks the objects that name it
     */
    public record Held(RunId run, Optional<Control> control, List<ObjectKey> locks) {
        private Optional<Duration> paused(Instant now) {
            return control.flatMap(Control::paused).map(since -> Duration.between(since, now));
        }
    }

    /**
     * What was found.
     *
     * @param longestPause of a run; zero if none is paused
     */
    public record Watched(List<Held> runs, Duration longestPause) {}

    public Watched run() {
        var now = ports.invocation().time().instant();
        var held = new TableLocks(ports.documents())
                .held().entrySet().stream()
                        .map(one -> new Held(one.getKey(), control(one.getKey()), one.getValue()))
                        .toList();
        return new Watched(
                held,
                held.stream()
                        .flatMap(run -> run.paused(now).stream())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO));
    }

    private Optional<Control> control(RunId run) {
        return ports.documents()
                .find(new RunFolder(run).control(), Control.class)
                .map(Versioned::value);
    }
}
