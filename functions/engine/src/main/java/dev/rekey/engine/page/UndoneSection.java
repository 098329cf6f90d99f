package dev.rekey.engine.page;

import dev.rekey.engine.report.RunReport.ComparedUndone;
import dev.rekey.engine.run.Counted;
import java.util.List;
import java.util.Map;

/** What the comparison after a rollback found: each table with a bar, then the records that are different. */
record UndoneSection(List<Part> legend, List<Row> rows, boolean hasDifferent, List<String> different, String more) {
    private static final int SHOWN = 100;

    private static final List<Verdicts> PARTS = List.of(
            new Verdicts(Counted.RESTORED, "good", "as before the run"),
            new Verdicts(Counted.DRIFT, "warn", "changed by others"),
            new Verdicts(Counted.REFERRED, "warn", "created, and kept because others refer to them"),
            new Verdicts(Counted.DIFFERENT, "bad", "still as the run wrote them"));

    /** One table. */
    record Row(String name, List<Part> parts, List<Cell> cells) {}

    static UndoneSection of(ComparedUndone undone) {
        var different = undone.different();
        return new UndoneSection(
                parts(undone.counts()),
                undone.tables().entrySet().stream()
                        .map(table -> row(table.getKey().value(), table.getValue()))
                        .toList(),
                !different.isEmpty(),
                different.stream().limit(SHOWN).map(DriftSection::named).toList(),
                Formats.more(SHOWN, different.size()));
    }

    private static Row row(String table, Map<Counted, Long> counts) {
        return new Row(
                table,
                parts(counts),
                Cell.counts(PARTS, Verdicts::name, part -> part.counted().in(counts)));
    }

    private static List<Part> parts(Map<Counted, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return PARTS.stream()
                .filter(part -> part.counted().in(counts) > 0)
                .map(part -> part.part(part.counted().in(counts), all))
                .toList();
    }
}
