package dev.rekey.cli;

import dev.rekey.cli.text.Console.Screen;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Asks the terminal for its size, once a second at most: a user may change it at any time. */
final class TerminalScreen implements Supplier<Screen> {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})");
    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 5;

    private final InstantSource clock;
    private Screen known = Screen.USUAL;
    private Instant asked = Instant.MIN;

    TerminalScreen(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Screen get() {
        if (!clock.instant().isBefore(asked.plus(FRESH))) {
            asked = clock.instant();
            known = ask();
        }
        return known;
    }

    /** Java cannot tell; every system with a terminal has {@code stty}. */
    private Screen ask() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = process.getInputStream()) {
                var size = SIZE.matcher(new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip());
                return process.waitFor(1, TimeUnit.SECONDS) && size.matches()
                        ? new Screen(
                                Math.max(LEAST_COLUMNS, Integer.parseInt(size.group(2))),
                                Math.max(LEAST_ROWS, Integer.parseInt(size.group(1))))
                        : known;
            }
        } catch (IOException noTerminal) {
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        }
    }
}
