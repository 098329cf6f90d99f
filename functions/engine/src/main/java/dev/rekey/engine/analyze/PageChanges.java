package dev.rekey.engine.analyze;

import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import dev.rekey.engine.analyze.RecordChange.AttributeChange;
import dev.rekey.engine.analyze.TargetConflicts.Row;
import dev.rekey.engine.analyze.TargetConflicts.Standing;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.store.GzippedLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists what the records of one page would become, each on one line. Lines are zipped as they come, so that the memory
 * does not grow with the values.
 */
final class PageChanges {
    private final TableOfRun table;
    private final GzippedLines lines = new GzippedLines();

    /** @param table any of those whose records are on the page: they share their keys */
    PageChanges(TableOfRun table) {
        this.table = table;
    }

    void leftOut(AnalyzedTable.OfPage page, Map<String, AttributeValue> record) {
        add(page, line(page, ChangeKind.LEAVE_OUT, record));
    }

    void blocked(AnalyzedTable.OfPage page, Map<String, AttributeValue> record, Unmappable why) {
        add(page, line(page, ChangeKind.BLOCKED, record).because(why.id()));
    }

    /** In place, a record that is marked as merged already stays as it is. */
    void merged(AnalyzedTable one, AnalyzedTable.OfPage page, Map<String, AttributeValue> record) {
        var marked = one.marked(record);
        var attributes = marked.flatMap(after -> one.changed().map(all -> all.between(record, after)))
                .orElse(List.of());
        if (marked.isPresent() && attributes.isEmpty()) {
            add(page, line(page, ChangeKind.NOTHING, record));
        } else {
            add(
                    page,
                    line(page, ChangeKind.MERGE, record)
                            .into(one.survivor(record))
                            .with(attributes));
        }
    }

    /** @param standing what stands where each record of {@code page} is to be */
    void mapped(AnalyzedTable one, AnalyzedTable.OfPage page, List<Standing> standing) {
        for (int i = 0; i < standing.size(); i++) {
            mapped(one, page, page.rows.get(i), standing.get(i));
        }
    }

    private void mapped(AnalyzedTable one, AnalyzedTable.OfPage page, Row row, Standing standing) {
        var kind = kind(one, row, standing);
        var becomes =
                Optional.of(Spilled.text(table.target().keyOf(row.item()))).filter(_ -> !one.isInPlace());
        var line = line(page, kind, row.record()).becoming(becomes).with(attributes(one, kind, row, standing));
        add(page, kind == ChangeKind.BLOCKED ? line.because(TargetConflicts.ID) : line);
    }

    /** The one place that says what becomes of a record that the plan maps. */
    private static ChangeKind kind(AnalyzedTable one, Row row, Standing standing) {
        if (one.isInPlace()) {
            return row.item().equals(row.record()) ? ChangeKind.NOTHING : ChangeKind.CHANGE;
        }
        return switch (standing) {
            case Standing.Nothing _ -> ChangeKind.CREATE;
            case Standing.Same _ -> ChangeKind.NOTHING;
            case Standing.Ours _ -> ChangeKind.CHANGE;
            case Standing.Others _ -> ChangeKind.BLOCKED;
        };
    }

    private static List<AttributeChange> attributes(AnalyzedTable one, ChangeKind kind, Row row, Standing standing) {
        return switch (kind) {
            case LEAVE_OUT, NOTHING, BLOCKED -> List.of();
            case CREATE, CHANGE, MERGE -> {
                var before = before(one, row, standing);
                yield one.changed().map(all -> all.between(before, row.item())).orElse(List.of());
            }
        };
    }

    /** Of a record that is created for references to it, nothing was there before: the source does not hold it. */
    private static Map<String, AttributeValue> before(AnalyzedTable one, Row row, Standing standing) {
        if (standing instanceof Standing.Ours(var found)) {
            return found;
        }
        return one.plan().name().isCreated() ? Map.of() : row.record();
    }

    private RecordChange line(AnalyzedTable.OfPage page, ChangeKind kind, Map<String, AttributeValue> record) {
        return RecordChange.of(kind, page.table(), Spilled.text(table.source().keyOf(record)));
    }

    private void add(AnalyzedTable.OfPage page, RecordChange line) {
        page.records.listed(line.kind());
        lines.add(line);
    }

    GzippedLines lines() {
        return lines;
    }
}
