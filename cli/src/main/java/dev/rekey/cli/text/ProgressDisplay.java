package dev.rekey.cli.text;

import dev.rekey.cli.deployment.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Shows progress on standard error: a line that changes on a terminal, a line now and then elsewhere. */
public final class ProgressDisplay implements Follower.Watcher, AutoCloseable {
    private static final Duration TERMINAL_PAUSE = Duration.ofMillis(300);
    private static final Duration LOG_PAUSE = Duration.ofSeconds(5);
    /** Reading the progress may take at most a twentieth of the time. */
    private static final int PART_OF_THE_TIME = 20;

    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final ProgressReader reader;
    private final Console console;
    private final InstantSource clock;
    private final Duration pause;
    private Instant nextLook = Instant.MIN;
    private Optional<Activity> activity = Optional.empty();
    private Instant activitySince;
    private boolean lineOpen;

    public ProgressDisplay(ProgressReader reader, Console console, InstantSource clock) {
        this.reader = reader;
        this.console = console;
        this.clock = clock;
        this.pause = console.terminal() ? TERMINAL_PAUSE : LOG_PAUSE;
        this.activitySince = clock.instant();
    }

    @Override
    public void look() {
        var begun = clock.instant();
        if (begun.isBefore(nextLook)) {
            return;
        }
        reader.read().ifPresent(progress -> show(progress, begun));
        var cost = Duration.between(begun, clock.instant()).multipliedBy(PART_OF_THE_TIME);
        nextLook = begun.plus(cost.compareTo(pause) > 0 ? cost : pause);
    }

    @Override
    public void silent(Instant since) {}

    private void show(Progress progress, Instant now) {
        if (activity.isPresent() && activity.get() != progress.activity()) {
            activitySince = now;
        }
        activity = Optional.of(progress.activity());
        var elapsed = Duration.between(activitySince, now);
        if (console.terminal()) {
            console.err().print(BACK_AND_CLEAR + ProgressText.bar(progress, elapsed, console.width() - 1));
            console.err().flush();
            lineOpen = true;
        } else {
            console.err().println(ProgressText.line(progress, elapsed));
        }
    }

    /** Takes the changing line away. */
    @Override
    public void close() {
        if (lineOpen) {
            console.err().print(BACK_AND_CLEAR);
            console.err().flush();
            lineOpen = false;
        }
    }
}
