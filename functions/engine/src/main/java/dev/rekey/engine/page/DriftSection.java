package dev.rekey.engine.page;

import dev.rekey.engine.report.RunReport.OthersWork;
import java.util.List;
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

    /** One of the lists. */
    record Listed(String title, String sentence, List<String> records, String more) {}

    /** Each list that the report has. */
    static List<Listed> of(OthersWork others) {
        return Stream.of(values()).flatMap(list -> list.listed(others).stream()).toList();
    }

    private Optional<Listed> listed(OthersWork others) {
        var records = switch (this) {
            case DRIFT -> others.drift();
            case OVERWRITTEN -> others.overwritten();
            case UNRESTORED -> others.unrestored();
        };
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(new Listed(
                        title,
                        sentence,
                        records.stream().limit(SHOWN).map(DriftSection::named).toList(),
                        Formats.more(SHOWN, records.size())));
    }

    /** The table, then the key. */
    static String named(String record) {
        int space = record.indexOf(' ');
        return record.substring(0, space + 1) + Formats.key(record.substring(space + 1));
    }
}
