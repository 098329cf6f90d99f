package dev.rekey.cli.text;

import dev.rekey.cli.deployment.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Shows a run table by table, redrawn in place. For terminals only. */
public final class WatchDisplay implements Follower.Watcher, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Reading the progress may take at most this part of the time. */
    private static final int PART_OF_THE_TIME = 5;

    private static final String CLEAR_BELOW = "\u001b[J";

    private final ProgressReader reader;
    private final Console console;
    private final InstantSource clock;
    private Instant nextLook = Instant.MIN;
    private Optional<Begun> begun = Optional.empty();
    private int drawn;

    public WatchDisplay(ProgressReader reader, Console console, InstantSource clock) {
        this.reader = reader;
        this.console = console;
        this.clock = clock;
    }

    /** What was done when an activity was first seen: a late start of the display must not look like a high rate. */
    private record Begun(Instant at, Progress progress) {}

    @Override
    public void look() {
        var now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        reader.readTables().ifPresent(progress -> draw(progress, now));
        var cost = Duration.between(now, clock.instant()).multipliedBy(PART_OF_THE_TIME);
        nextLook = now.plus(cost.compareTo(PAUSE) > 0 ? cost : PAUSE);
    }

    @Override
    public void silent(Instant since) {}

    private void draw(RunProgress progress, Instant now) {
        var since = begun.filter(
                        one -> one.progress().activity() == progress.all().activity())
                .orElseGet(() -> new Begun(now, progress.all()));
        begun = Optional.of(since);
        var lines = WatchText.lines(progress, since.progress(), Duration.between(since.at(), now), console.width() - 1);
        clear();
        lines.forEach(console.err()::println);
        console.err().flush();
        drawn = lines.size();
    }

    private void clear() {
        if (drawn > 0) {
            console.err().print("\u001b[" + drawn + "A\r" + CLEAR_BELOW);
        }
    }

    /** Takes the lines away. */
    @Override
    public void close() {
        clear();
        console.err().flush();
        drawn = 0;
    }
}
