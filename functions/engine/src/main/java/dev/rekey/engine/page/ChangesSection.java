package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.analyze.RecordChange.What;
import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.run.ChangeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What a migration would change: counts by table, then some records of each kind. */
final class ChangesSection {
    private static final String SENTENCE = "What a migration would do with each record, as far as the analysis knows."
            + " A reference to a record that does not exist is shown as if it were rewritten.";
    private static final String OF_TARGET =
            " The target was read only where it held records and the plan refuses conflicts:"
                    + " elsewhere, records that are there already are shown as if they were created.";

    private final JsonNode changes;
    private final boolean copies;

    ChangesSection(JsonNode report) {
        this.copies = ReportedMode.of(report).copies();
        this.changes = report.path("changes");
    }

    Optional<Map<String, Object>> section() {
        if (changes.isMissingNode()) {
            return Optional.empty();
        }
        var kinds = Arrays.stream(ChangeKind.values())
                .filter(kind -> count(kind) > 0)
                .toList();
        return Optional.of(Map.of(
                "sentence", copies ? SENTENCE + OF_TARGET : SENTENCE,
                "columns", kinds.stream().map(ChangeKind::words).toList(),
                "rows",
                        changes.path("tables").properties().stream()
                                .map(table -> row(table.getKey(), table.getValue(), kinds))
                                .toList(),
                "totals", cells(kinds, this::count),
                "groups", kinds.stream().flatMap(kind -> group(kind).stream()).toList(),
                "all", Formats.text(changes, "all")));
    }

    private long count(ChangeKind kind) {
        return changes.path("tables")
                .valueStream()
                .mapToLong(table -> table.path(kind.word()).asLong())
                .sum();
    }

    private static Map<String, Object> row(String table, JsonNode counts, List<ChangeKind> kinds) {
        return Map.of(
                "name",
                table,
                "cells",
                cells(kinds, kind -> counts.path(kind.word()).asLong()));
    }

    private static List<Map<String, Object>> cells(List<ChangeKind> kinds, ToLongFunction<ChangeKind> count) {
        return Formats.cells(
                kinds.stream().map(ChangeKind::words).toList(),
                kinds.stream()
                        .map(kind -> Formats.number(count.applyAsLong(kind)))
                        .toList());
    }

    private Optional<Map<String, Object>> group(ChangeKind kind) {
        var examples = Formats.each(changes.path("examples"))
                .filter(one -> Formats.text(one, "kind").equals(kind.word()))
                .map(ChangesSection::example)
                .toList();
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "name", title(kind),
                        "count", Formats.number(count(kind)),
                        "examples", examples,
                        "more", Formats.more(examples.size(), count(kind))));
    }

    private static String title(ChangeKind kind) {
        return switch (kind) {
            case CREATE -> "Created";
            case CHANGE -> "Changed";
            case MERGE -> "Merged";
            case LEAVE_OUT -> "Left out";
            case NOTHING -> "As they should be";
            case BLOCKED -> "Blocked";
        };
    }

    private static Map<String, Object> example(JsonNode one) {
        return Map.of(
                "table", Formats.text(one, "table"),
                "record", Formats.key(Formats.text(one, "record")),
                "becomes", one.has("becomes") ? Formats.key(Formats.text(one, "becomes")) : "",
                "into", one.has("into") ? Formats.key(Formats.text(one, "into")) : "",
                "more", one.has("leftOut") ? "And " + one.path("leftOut").asText() + " more." : "",
                "because", Formats.text(one, "because"),
                "attributes",
                        Formats.each(one.path("attributes"))
                                .map(ChangesSection::attribute)
                                .toList());
    }

    private static Map<String, Object> attribute(JsonNode one) {
        var name = Formats.text(one, "name");
        var what = Formats.text(one, "what");
        return Map.of(
                "name",
                one.has("to") ? name + " → " + Formats.text(one, "to") : name,
                "what",
                what,
                "before",
                Formats.text(one, "before"),
                "after",
                what.equals(What.RENAMED.word()) ? "" : Formats.text(one, "after"));
    }
}
