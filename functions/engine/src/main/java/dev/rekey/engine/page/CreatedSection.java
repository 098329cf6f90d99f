package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The records that were created because others refer to them. */
final class CreatedSection {
    private final JsonNode report;

    CreatedSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        var created = report.path("created");
        return created.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "tables",
                        Formats.each(created).map(CreatedSection::table).toList()));
    }

    private static Map<String, Object> table(JsonNode created) {
        var table = new LinkedHashMap<String, Object>();
        long records = created.path("records").asLong();
        var first = created.path("first");
        table.put("table", Formats.text(created, "table"));
        table.put("records", Formats.number(records));
        table.put(
                "why",
                created.path("byReference").properties().stream()
                        .map(one -> Formats.number(one.getValue().asLong()) + " for " + one.getKey())
                        .collect(Collectors.joining(", ")));
        table.put("rows", Formats.each(first).map(CreatedSection::row).toList());
        table.put("more", records > first.size() ? Formats.number(records - first.size()) : "");
        return table;
    }

    private static Map<String, Object> row(JsonNode record) {
        return Map.of(
                "id", Formats.text(record, "id"),
                "reference", Formats.text(record, "reference"),
                "why", record.path("absent").asBoolean() ? "the reference held no id" : "no record had the id");
    }
}
