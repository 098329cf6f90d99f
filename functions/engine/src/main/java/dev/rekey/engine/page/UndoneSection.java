package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the comparison after a rollback found: each table with a bar, then the records that are different. */
final class UndoneSection {
    private static final int SHOWN = 100;

    private static final List<Verdicts> PARTS = List.of(
            new Verdicts(Counted.RESTORED.word(), "good", "as before the run"),
            new Verdicts(Counted.DRIFT.word(), "warn", "changed by others"),
            new Verdicts(Counted.REFERRED.word(), "warn", "created, and kept because others refer to them"),
            new Verdicts(Counted.DIFFERENT.word(), "bad", "still as the run wrote them"));

    private final JsonNode undone;

    UndoneSection(JsonNode report) {
        undone = report.path("undone");
    }

    Optional<Map<String, Object>> section() {
        if (undone.isMissingNode()) {
            return Optional.empty();
        }
        var different = Formats.texts(undone.path("different"));
        var section = new LinkedHashMap<String, Object>();
        section.put("legend", parts(undone.path("counts")));
        section.put(
                "rows",
                undone.path("tables").properties().stream()
                        .map(table -> row(table.getKey(), table.getValue()))
                        .toList());
        section.put("hasDifferent", !different.isEmpty());
        section.put(
                "different",
                different.stream().limit(SHOWN).map(DriftSection::named).toList());
        section.put("more", Formats.more(SHOWN, different.size()));
        return Optional.of(section);
    }

    private static Map<String, Object> row(String table, JsonNode counts) {
        return Map.of(
                "name",
                table,
                "parts",
                parts(counts),
                "cells",
                Formats.cells(
                        PARTS.stream().map(Verdicts::name).toList(),
                        PARTS.stream()
                                .map(part ->
                                        Formats.number(counts.path(part.name()).asLong()))
                                .toList()));
    }

    private static List<Map<String, Object>> parts(JsonNode counts) {
        long all = counts.valueStream().mapToLong(JsonNode::asLong).sum();
        return PARTS.stream()
                .filter(part -> counts.path(part.name()).asLong() > 0)
                .map(part -> part.part(counts.path(part.name()).asLong(), all))
                .toList();
    }
}
