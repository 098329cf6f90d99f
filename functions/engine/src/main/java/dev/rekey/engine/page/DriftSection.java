package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Records that another writer changed or deleted, in one of the lists of a report about a rollback. */
enum DriftSection {
    DRIFT(
            "Drift: kept",
            "Somebody else changed or deleted these records after the run wrote them, or refers to what the run created, so"
                    + " they were not touched."),
    OVERWRITTEN(
            "Drift: overwritten",
            "Somebody else had changed or deleted these records after the run wrote them. Their changes were overwritten."),
    UNRESTORED(
            "Drift: not restored",
            "These records could not be restored: another writer deleted them after the run changed them, or the table"
                    + " rejects the values from before the run. The undo log holds only the attributes that the run"
                    + " wrote or read. To restore a deleted record, use a backup of the table.");

    private static final int SHOWN = 100;

    private final String title;
    private final String sentence;

    DriftSection(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    /** One section for each list that the report has. */
    static Optional<List<Map<String, Object>>> sections(JsonNode report) {
        var sections = Stream.of(values())
                .flatMap(list -> list.section(report).stream())
                .toList();
        return Optional.of(sections).filter(all -> !all.isEmpty());
    }

    private Optional<Map<String, Object>> section(JsonNode report) {
        var records = Formats.texts(report.path(name().toLowerCase(Locale.ROOT)));
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "title",
                        title,
                        "sentence",
                        sentence,
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
