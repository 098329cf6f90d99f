package dev.rekey.cli.command.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of the tour, done.
 *
 * @param facts what came of it, for people
 * @param failures what was not as expected
 * @param reportPage {@code s3://} address of the report's page
 */
public record Step(
        String title, Duration elapsed, List<String> facts, List<String> failures, Optional<String> reportPage) {
    public Step {
        facts = List.copyOf(facts);
        failures = List.copyOf(failures);
    }

    public static Step done(String title, Duration elapsed, String... facts) {
        return new Step(title, elapsed, List.of(facts), List.of(), Optional.empty());
    }
}
