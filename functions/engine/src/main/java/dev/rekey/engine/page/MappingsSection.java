package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mappings that the run was prepared with, and what has changed in them since. */
final class MappingsSection {
    private final JsonNode report;

    MappingsSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var mappings = report.path("mappings");
        if (mappings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "rows",
                Formats.each(mappings).map(MappingsSection::row).toList(),
                "changes",
                Formats.each(report.path("mappingChanges"))
                        .map(MappingsSection::change)
                        .toList()));
    }

    private static Map<String, Object> row(JsonNode mapping) {
        var row = new LinkedHashMap<String, Object>();
        row.put("family", Formats.text(mapping, "family"));
        row.put("source", Formats.text(mapping, "source"));
        row.put("entries", Formats.number(mapping.path("entries").asLong()));
        row.put("digest", Formats.text(mapping, "digest"));
        return row;
    }

    private static Map<String, Object> change(JsonNode change) {
        var sentence = change.has("unknown")
                ? "not compared. " + Formats.text(change, "unknown")
                : Stream.of("added", "removed", "changed")
                        .map(what -> ids(what, change.path(what)))
                        .flatMap(List::stream)
                        .collect(Collectors.joining("; "));
        return Map.of("family", Formats.text(change, "family"), "sentence", sentence);
    }

    private static List<String> ids(String what, JsonNode ids) {
        long count = ids.path("count").asLong();
        var first = Formats.texts(ids.path("first"));
        return count == 0
                ? List.of()
                : List.of(Formats.number(count) + " " + what + ": " + String.join(", ", first)
                        + (count > first.size() ? ", …" : ""));
    }
}
