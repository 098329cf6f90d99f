package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** How many references a migration rewrote, of each kind. */
final class RewrittenSection {
    private final JsonNode report;

    RewrittenSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var all = report.path("rewritten");
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "rows",
                        Formats.each(all).map(RewrittenSection::row).toList(),
                        "total",
                        Formats.number(Formats.each(all)
                                .mapToLong(one -> one.path("values").asLong())
                                .sum())));
    }

    private static Map<String, Object> row(JsonNode one) {
        return Map.of(
                "table", Formats.text(one, "table"),
                "path", Formats.text(one, "path"),
                "family", Formats.text(one, "family"),
                "values", Formats.number(one.path("values").asLong()),
                "distinct", Formats.number(one.path("distinct").asLong()));
    }
}
