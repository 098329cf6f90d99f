package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The records that were merged into others. */
final class MergesSection {
    private final JsonNode report;

    MergesSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var merges = report.path("merges");
        return merges.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "families",
                        Formats.each(merges).map(MergesSection::family).toList()));
    }

    private static Map<String, Object> family(JsonNode merges) {
        var family = new LinkedHashMap<String, Object>();
        long records = merges.path("records").asLong();
        var first = merges.path("first");
        family.put("family", Formats.text(merges, "family"));
        family.put("records", Formats.number(records));
        family.put(
                "why",
                merges.path("byOrigin").properties().stream()
                        .map(one -> Formats.number(one.getValue().asLong()) + " " + why(one.getKey()))
                        .collect(Collectors.joining(", ")));
        family.put("rows", Formats.each(first).map(MergesSection::row).toList());
        family.put("more", records > first.size() ? Formats.number(records - first.size()) : "");
        return family;
    }

    private static Map<String, Object> row(JsonNode merge) {
        return Map.of(
                "merged", Formats.text(merge, "merged"),
                "survivor", Formats.text(merge, "survivor"),
                "why", why(Formats.text(merge, "origin")));
    }

    private static String why(String origin) {
        return switch (origin) {
            case "plan" -> "as the plan says";
            case "match" -> "because they match";
            case "earlierRun" -> "by an earlier run";
            default -> origin;
        };
    }
}
