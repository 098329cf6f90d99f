package dev.rekey.cli.command.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What a command of the tour answered. */
public record Answer(int exitCode, JsonNode document, Duration elapsed) {
    String text(String field) {
        return document.path(field).asText();
    }

    /** A number of the output's counts, 0 if it is not there. */
    long count(String name) {
        return document.path("counts").path(name).asLong();
    }
}
