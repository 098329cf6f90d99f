package dev.rekey.cli.command.demo;

import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what a command of the tour answered with what it should. */
final class Expectation {
    private final Answer answer;
    private final List<String> failures = new ArrayList<>();

    Expectation(Answer answer) {
        this.answer = answer;
    }

    Expectation exit(ExitCode expected) {
        return equal("exit code", expected.number(), answer.exitCode());
    }

    Expectation outcome(String expected) {
        return equal("outcome", expected, answer.text("outcome"));
    }

    Expectation verified() {
        return equal(
                "verification",
                "passed",
                answer.document().path("verification").path("verdict").asText());
    }

    Expectation count(String name, long expected) {
        return equal("number of records " + name, Numbers.count(expected), Numbers.count(answer.count(name)));
    }

    Expectation equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            failures.add(what + ": expected " + expected + ", found " + found);
        }
        return this;
    }

    Step step(String title, String... facts) {
        var said = new ArrayList<>(List.of(facts));
        if (!failures.isEmpty()) {
            said.add(answer.text("message"));
        }
        // A failed execution names no page; it lies beside the report.
        var page = Optional.of(answer.text("report"))
                .filter(address -> !address.isEmpty())
                .map(address -> address.replaceFirst("json$", "html"));
        return new Step(title, answer.elapsed(), said, failures, page);
    }
}
