package dev.rekey.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Records that somebody else changed: left alone by a rollback, or put back all the same. */
final class DriftSection {
    private static final int SHOWN = 100;

    private final JsonNode report;

    DriftSection(JsonNode report) {
        this.report = report;
    }

    Optional<Map<String, Object>> section() {
        boolean kept = report.has("drift");
        var records = Formats.texts(report.path(kept ? "drift" : "overwritten"));
        if (records.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "title",
                kept ? "Drift: kept" : "Drift: overwritten",
                "sentence",
                kept
                        ? "Somebody else changed or deleted these records after the run wrote them, so they were not"
                                + " touched."
                        : "Somebody else had changed or deleted these records after the run wrote them. Their changes were overwritten.",
                "records",
                records.stream().limit(SHOWN).map(DriftSection::named).toList(),
                "more",
                Formats.more(SHOWN, records.size())));
    }

    /** The table, then the key. */
    static String named(String record) {
        int space = record.indexOf(' ');
        return record.substring(0, space + 1) + Formats.key(record.substring(space + 1));
    }
}
