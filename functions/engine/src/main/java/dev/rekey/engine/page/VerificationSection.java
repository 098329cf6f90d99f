package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.ReportedMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What verification says: verdicts, single differences, digests. */
final class VerificationSection {
    private static final int DIGITS = 16;

    private final JsonNode report;
    private final ReportedMode mode;

    VerificationSection(JsonNode report) {
        this.report = report;
        this.mode = ReportedMode.of(report);
    }

    Optional<Map<String, Object>> section() {
        var verdicts = report.path("verification");
        if (verdicts.isEmpty() && report.path("differences").isEmpty()) {
            return Optional.empty();
        }
        long all = verdicts.valueStream().mapToLong(JsonNode::asLong).sum();
        var parts = Verdicts.COMPARED.stream()
                .filter(one -> verdicts.path(one.name()).asLong() > 0)
                .map(one -> one.in(mode).part(verdicts.path(one.name()).asLong(), all))
                .toList();
        var section = new LinkedHashMap<String, Object>();
        section.put("sentence", sentence());
        section.put("parts", parts);
        section.put(
                "label", parts.stream().map(part -> (String) part.get("title")).collect(Collectors.joining(", ")));
        section.put(
                "zeros",
                Verdicts.COMPARED.stream()
                        .map(Verdicts::name)
                        .filter(name -> verdicts.path(name).asLong() == 0)
                        .collect(Collectors.joining(", ")));
        addDifferences(section);
        return Optional.of(section);
    }

    private String sentence() {
        return switch (mode) {
            case COPY ->
                "Every source record was read and mapped again and compared with its target record. Every target record and every declared reference was accounted for.";
            case IN_PLACE ->
                "Every record was read and mapped again" + (isAllMatched() ? ": nothing more must change" : "")
                        + ". Every logged update and every declared reference was accounted for.";
            case MIXED ->
                "Every record was read and mapped again. Those that are copied were compared with their target records"
                        + (isAllMatched() ? "; of those that are changed in place, nothing more must change" : "")
                        + ". Every target record, every logged update and every declared reference was accounted for.";
        };
    }

    private boolean isAllMatched() {
        return report.path("verification").properties().stream()
                .allMatch(
                        one -> one.getKey().equals("matched") || one.getValue().asLong() == 0);
    }

    private void addDifferences(Map<String, Object> section) {
        var differences = report.path("differences");
        section.put("hasDifferences", !differences.isEmpty());
        section.put(
                "caption",
                (differences.size() == 1
                                ? "One."
                                : "The first " + Formats.number(differences.size()) + ", failures first.")
                        + " Records with the same difference share a row.");
        var alike = Formats.each(differences)
                .collect(Collectors.groupingBy(
                        VerificationSection::withoutRecord, LinkedHashMap::new, Collectors.toList()));
        section.put(
                "differences",
                alike.values().stream().map(VerificationSection::differences).toList());
        section.put(
                "files",
                Formats.texts(report.path("differenceFiles")).stream()
                        .map(key -> Map.of(
                                "all", key, "file", key.replaceFirst(".*/", "").replaceFirst("\\.gz$", "")))
                        .toList());
    }

    private static JsonNode withoutRecord(JsonNode difference) {
        return ((ObjectNode) difference.deepCopy()).without("record");
    }

    /** Several records with the same difference. */
    private static Map<String, Object> differences(List<JsonNode> alike) {
        var one = alike.getFirst();
        var records = alike.stream()
                .map(difference -> Formats.key(Formats.text(difference, "record")))
                .toList();
        var shown = new LinkedHashMap<String, Object>();
        var verdict = Formats.text(one, "verdict");
        shown.put("verdict", verdict);
        shown.put("tone", Verdicts.tone(verdict));
        shown.put("table", Formats.text(one, "table"));
        shown.put("count", Formats.number(records.size()));
        shown.put("record", records.getFirst());
        shown.put("hasOthers", records.size() > 1);
        shown.put("others", Formats.number(records.size() - 1));
        shown.put("records", records.subList(1, records.size()));
        shown.put("refersTo", refersTo(one.path("refersTo")));
        var changes = one.path("changes");
        shown.put(
                "changes",
                changes.isEmpty()
                        ? Formats.each(one.path("attributes"))
                                .map(name -> Map.of("path", name.asText()))
                                .toList()
                        : Formats.each(changes).map(VerificationSection::change).toList());
        shown.put(
                "more",
                Formats.more(Math.max(1, changes.size()), one.path("places").asLong()));
        return shown;
    }

    /** Empty for what is no reference. */
    private static String refersTo(JsonNode referred) {
        return referred.isMissingNode()
                ? ""
                : Formats.text(referred, "family") + " "
                        + referred.path("id").path("canonical").asText();
    }

    /** Types alone do not tell two values of one type apart. */
    private static Map<String, Object> change(JsonNode change) {
        var expected = change.path("beforeValue").asText(Formats.text(change, "before"));
        var found = change.path("afterValue").asText(Formats.text(change, "after"));
        var path = Formats.text(change, "path");
        return expected.equals(found)
                ? Map.of("path", path, "note", found + ", another value")
                : Map.of("path", path, "expected", expected, "found", found);
    }

    /** For the end of the page: few compare them. */
    Optional<Map<String, Object>> digests() {
        var rows = report.path("digests").properties().stream()
                .map(one -> digest(one.getKey(), one.getValue()))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(Map.of("rows", rows));
    }

    private static Map<String, Object> digest(String table, JsonNode digests) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("table", table);
        for (var name : List.of("expected", "found", "target")) {
            var text = Formats.text(digests, name);
            shown.put(name + "All", text);
            shown.put(name, brief(text));
        }
        boolean same = shown.get("expectedAll").equals(shown.get("foundAll"));
        shown.put("tone", same ? "good" : "bad");
        shown.put("mark", same ? "✓ the same" : "✗ differs");
        return shown;
    }

    private static String brief(String digest) {
        int colon = digest.indexOf(':');
        return colon < DIGITS
                ? "–"
                : digest.substring(0, DIGITS) + "… of "
                        + Wording.count(Long.parseLong(digest.substring(colon + 1)), "record");
    }
}
