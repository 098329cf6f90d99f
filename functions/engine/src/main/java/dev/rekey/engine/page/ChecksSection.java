package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks that were made; those that found something first. */
final class ChecksSection {
    private final JsonNode report;

    ChecksSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var checks = report.path("checks");
        if (checks.isEmpty()) {
            return Optional.empty();
        }
        long failed = Formats.each(checks).filter(ChecksSection::found).count();
        var summary = Wording.count(checks.size(), "check") + " made, "
                + (failed == 0 ? "none found anything" : Wording.count(failed) + " found something");
        return Optional.of(Map.of(
                "summary",
                summary,
                "open",
                failed > 0,
                "rows",
                Stream.concat(
                                Formats.each(checks).filter(ChecksSection::found),
                                Formats.each(checks).filter(one -> !found(one)))
                        .map(ChecksSection::row)
                        .toList()));
    }

    private static boolean found(JsonNode check) {
        return check.path("found").asLong() > 0;
    }

    private static Map<String, Object> row(JsonNode check) {
        return Map.of(
                "check", Formats.text(check, "check"),
                "table", Formats.text(check, "table"),
                "path", Formats.text(check, "path"),
                "tone", found(check) ? "warn" : "good",
                "found", found(check) ? Formats.number(check.path("found").asLong()) + " found" : "passed");
    }
}
