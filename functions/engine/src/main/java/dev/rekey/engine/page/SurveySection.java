package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an analysis counted: references, undeclared ids, attributes. */
final class SurveySection {
    private final JsonNode report;
    private final JsonNode survey;

    SurveySection(JsonNode report) {
        this.report = report;
        this.survey = report.path("survey");
    }

    Optional<Map<String, Object>> references() {
        var counted = survey.path("references");
        var all = counted.isEmpty() ? report.path("references") : counted;
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "caption",
                "Every reference that the plan declares.",
                "counted",
                !counted.isEmpty(),
                "rows",
                Formats.each(all).map(this::reference).toList()));
    }

    private Map<String, Object> reference(JsonNode reference) {
        var row = new LinkedHashMap<String, Object>();
        long orphans = reference.path("orphans").asLong();
        row.put("tone", orphans > 0 ? "bad" : "");
        row.put("table", Formats.text(reference, "table"));
        row.put("path", Formats.text(reference, "path"));
        row.put("to", reference.path("family").asText(Formats.text(reference, "to")));
        for (var name : List.of("values", "distinct", "empty", "orphans", "outsideFilter")) {
            row.put(name, Formats.number(reference.path(name).asLong()));
        }
        var examples = examples(reference);
        row.put("examples", examples);
        row.put("hasExamples", !examples.isEmpty());
        return row;
    }

    private List<Map<String, String>> examples(JsonNode reference) {
        var listed = reference.path("examples");
        if (!listed.isEmpty()) {
            return Formats.each(listed)
                    .map(one -> Map.of("id", id(one.path("id")), "record", Formats.key(Formats.text(one, "record"))))
                    .toList();
        }
        return Formats.each(report.path("orphans"))
                .filter(orphan -> Formats.text(orphan, "table").equals(Formats.text(reference, "table"))
                        && Formats.text(orphan, "path").equals(Formats.text(reference, "path")))
                .limit(5)
                .map(one -> Map.of("id", id(one.path("id")), "record", Formats.key(Formats.text(one, "example"))))
                .toList();
    }

    private static String id(JsonNode id) {
        return id.isObject() ? Formats.text(id, "canonical") : id.asText();
    }

    /** Undeclared references before a migration; ids that stayed old after one. */
    Optional<Map<String, Object>> undeclared() {
        boolean after = report.has("stale");
        var all = after ? report.path("stale") : survey.path("undeclared");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "title",
                after ? "Old ids in the target" : "Undeclared references",
                "sentence",
                after
                        ? "These values are old ids. Where the evidence is strong, the plan lacks a reference."
                        : "These values are ids of a table, but the plan does not declare a reference: they stay unchanged.",
                "caption",
                "Strongest evidence first.",
                "rows",
                Formats.each(all).map(SurveySection::found).toList()));
    }

    private static Map<String, Object> found(JsonNode one) {
        var evidence = Formats.text(one, "evidence");
        int part = one.path("part").asInt();
        var about = one.path("estimated").asBoolean() ? "about " : "";
        return Map.of(
                "table",
                Formats.text(one, "table"),
                "path",
                Formats.text(one, "path") + (part == 0 ? "" : ", part " + part),
                "family",
                Formats.text(one, "family"),
                "values",
                about + Formats.number(one.path("values").asLong()),
                "matched",
                about
                        + Formats.number(
                                one.path("matched").asLong(one.path("values").asLong())),
                "evidence",
                evidence,
                "tone",
                evidence.equals("strong") ? "bad" : evidence.equals("named") ? "warn" : "");
    }

    Optional<Map<String, Object>> census() {
        var tables = survey.path("census");
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "tables", Formats.each(tables).map(SurveySection::table).toList()));
    }

    private static Map<String, Object> table(JsonNode table) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", Formats.text(table, "table"));
        shown.put("level", table.path("level").asText());
        shown.put("records", Wording.count(table.path("records").asLong(), "record"));
        shown.put("size", Formats.bytes(table.path("bytes").asLong()));
        shown.put("sizes", sizes(table.path("targetSizes")));
        shown.put("because", because(table.path("because"), table.path("level").asInt()));
        shown.put(
                "attributes",
                Formats.each(table.path("attributes"))
                        .map(one -> Map.of(
                                "name", Formats.text(one, "name"),
                                "types", types(one.path("types")),
                                "missing", Formats.number(one.path("missing").asLong())))
                        .toList());
        return shown;
    }

    private static String sizes(JsonNode sizes) {
        return sizes.isEmpty()
                ? ""
                : List.of("min", "median", "p99", "max").stream()
                        .map(name -> name + " " + Formats.bytes(sizes.path(name).asLong()))
                        .collect(Collectors.joining(", "));
    }

    private static String because(JsonNode reasons, int level) {
        return reasons.isEmpty()
                ? ""
                : "On level " + level + " because "
                        + Formats.each(reasons)
                                .map(one -> Formats.text(one, "path") + " refers to " + Formats.text(one, "table")
                                        + " on level " + one.path("level").asText())
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static String types(JsonNode types) {
        return types.properties().stream()
                .map(one -> one.getKey() + " " + Formats.number(one.getValue().asLong()))
                .collect(Collectors.joining(", "));
    }
}
