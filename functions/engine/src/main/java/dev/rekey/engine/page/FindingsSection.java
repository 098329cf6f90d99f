package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keeps a migration from writing, and what somebody should look at. */
final class FindingsSection {
    private static final int SHOWN = 200;

    private final JsonNode report;

    FindingsSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var groups = new ArrayList<Map<String, Object>>();
        add(groups, "Blockers", "bad", found("blockers", "ERROR"));
        add(groups, "Warnings", "warn", found("warnings", "WARNING"));
        return groups.isEmpty() ? Optional.empty() : Optional.of(Map.of("title", "Findings", "groups", groups));
    }

    /** An analysis tells them in detail; a plan's own problems are only sentences. */
    private List<JsonNode> found(String name, String severity) {
        return report.has(name)
                ? Formats.each(report.path(name)).toList()
                : Formats.each(report.path("problems"))
                        .filter(problem -> Formats.text(problem, "severity").equals(severity))
                        .toList();
    }

    private static void add(List<Map<String, Object>> groups, String name, String tone, List<JsonNode> found) {
        if (!found.isEmpty()) {
            groups.add(Map.of(
                    "name",
                    name,
                    "count",
                    Formats.number(found.size()),
                    "items",
                    found.stream().limit(SHOWN).map(one -> item(one, tone)).toList(),
                    "more",
                    Formats.more(SHOWN, found.size())));
        }
    }

    private static Map<String, Object> item(JsonNode found, String tone) {
        var examples = Formats.each(found.path("examples"))
                .map(one -> Map.of(
                        "record", Formats.key(Formats.text(one, "record")), "message", Formats.text(one, "message")))
                .toList();
        var item = new LinkedHashMap<String, Object>();
        item.put("tone", tone);
        item.put("id", Formats.text(found, "id"));
        item.put("table", Formats.text(found, "table"));
        item.put("path", place(found));
        item.put(
                "count", found.has("count") ? Formats.number(found.path("count").asLong()) : "");
        item.put("message", Formats.text(found, "message"));
        item.put("hint", Formats.text(found, "hint"));
        item.put("examples", examples);
        item.put("exampleCount", examples.size());
        item.put("hasExamples", !examples.isEmpty());
        item.put("all", Formats.text(found, "all"));
        item.put("file", "findings/" + Formats.text(found, "id") + ".jsonl");
        return item;
    }

    private static String place(JsonNode found) {
        var table = Formats.text(found, "table");
        var path = Formats.text(found, "path");
        return table.isEmpty() ? path : table + " · " + path;
    }
}
