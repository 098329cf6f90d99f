package dev.rekey.cli.text;

import dev.rekey.cli.deployment.Follower;
import dev.rekey.engine.status.ProgressReader;
import dev.rekey.engine.status.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows progress on standard error: lines that are redrawn on a terminal, a line now and then elsewhere. */
public final class ProgressDisplay implements Follower.Watcher, AutoCloseable {
    private static final Duration TERMINAL_PAUSE = Duration.ofMillis(500);
    private static final Duration LOG_PAUSE = Duration.ofSeconds(5);
    /** Reading the progress may take this part of the time, and more rather than show what is long over. */
    private static final int PART_OF_THE_TIME = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A request that is tried again is no news. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final String CLEAR_BELOW = "\u001b[J";

    private final ProgressReader reader;
    private final Console console;
    private final InstantSource clock;
    private final boolean tables;
    private final Duration pause;
    private Instant nextLook = Instant.MIN;
    private Optional<RunProgress> last = Optional.empty();
    private Optional<Instant> silentSince = Optional.empty();
    private List<String> drawn = List.of();

    /** @param tables whether to show the run table by table, where there is a terminal */
    public ProgressDisplay(ProgressReader reader, Console console, InstantSource clock, boolean tables) {
        this.reader = reader;
        this.console = console;
        this.clock = clock;
        this.tables = tables;
        this.pause = console.terminal() ? TERMINAL_PAUSE : LOG_PAUSE;
    }

    @Override
    public void look() {
        var begun = clock.instant();
        if (begun.isBefore(nextLook)) {
            return;
        }
        reader.read(begun)
                .ifPresentOrElse(
                        progress -> {
                            last = Optional.of(progress);
                            show(progress);
                        },
                        this::showPreparation);
        silentSince = Optional.empty();
        var ended = clock.instant();
        var cost = Duration.between(begun, ended).multipliedBy(PART_OF_THE_TIME);
        var wait = cost.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : cost;
        nextLook = cost.compareTo(pause) > 0 ? ended.plus(wait) : begun.plus(pause);
    }

    /** What was seen last may not be true any more. */
    @Override
    public void silent(Instant since) {
        var silence = Duration.between(since, clock.instant());
        if (silence.compareTo(LONGEST_SILENCE) < 0) {
            return;
        }
        var words = "no answer for " + Numbers.duration(silence) + ": it is not known whether the run goes on";
        if (console.terminal()) {
            var screen = console.screen().get();
            var lines = new ArrayList<>(last.map(progress -> List.of(
                            ProgressText.lines(progress, screen.columns() - 1).getFirst()))
                    .orElse(List.of()));
            lines.addAll(ProgressText.fold(List.of(words), screen.columns() - 1));
            draw(lines, screen);
        } else if (silentSince.isEmpty()) {
            console.err().println(words);
        }
        silentSince = Optional.of(since);
        nextLook = Instant.MIN;
    }

    /** Nothing is counted yet; a log has been told that the run began. */
    private void showPreparation() {
        if (console.terminal()) {
            draw(List.of("preparing"), console.screen().get());
        }
    }

    private void show(RunProgress progress) {
        if (!console.terminal()) {
            console.err().println(ProgressText.line(progress));
            return;
        }
        var screen = console.screen().get();
        // A line that fills the last column makes some terminals begin the next one.
        int width = screen.columns() - 1;
        draw(
                tables ? WatchText.lines(progress, width, screen.rows() - 1) : ProgressText.lines(progress, width),
                screen);
    }

    private void draw(List<String> lines, Console.Screen screen) {
        clear(screen);
        lines.forEach(console.err()::println);
        console.err().flush();
        drawn = lines;
    }

    /** A terminal that was made narrower since has broken the lines. */
    private void clear(Console.Screen screen) {
        int rows = drawn.stream()
                .mapToInt(line -> Math.max(1, (line.length() + screen.columns() - 1) / screen.columns()))
                .sum();
        if (rows > 0) {
            console.err().print("\u001b[" + rows + "A\r" + CLEAR_BELOW);
        }
    }

    /** Takes the lines away. */
    @Override
    public void close() {
        if (!drawn.isEmpty()) {
            clear(console.screen().get());
            console.err().flush();
            drawn = List.of();
        }
    }
}
