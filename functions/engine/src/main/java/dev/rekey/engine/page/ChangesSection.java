package dev.rekey.engine.page;

import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.analyze.RecordChange.AttributeChange;
import dev.rekey.engine.analyze.RecordChange.What;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.ChangeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What a migration would change: counts by table, then some records of each kind. */
record ChangesSection(RunReport report, ChangeSummary changes) {
    private static final String SENTENCE = "What a migration would do with each record, as far as the analysis knows."
            + " A reference to a record that does not exist is shown as if it were rewritten.";
    private static final String OF_TARGET =
            " The target was read only where it held records and the plan refuses conflicts:"
                    + " elsewhere, records that are there already are shown as if they were created.";

    /** Records that the same would become of. */
    private record Group(String name, long count, List<Example> examples, String more) {}

    /** One of them. */
    record Example(RecordChange change, String record, String becomes, String into, List<Attribute> attributes) {
        static Example of(RecordChange change) {
            return new Example(
                    change,
                    Formats.key(change.record()),
                    change.becomes().map(Formats::key).orElse(""),
                    change.into().map(Formats::key).orElse(""),
                    change.attributes().stream().map(Attribute::of).toList());
        }

        String more() {
            return change.leftOut() == 0 ? "" : "And " + change.leftOut() + " more.";
        }
    }

    /** An attribute that would change. */
    private record Attribute(String name, String what, Optional<String> before, Optional<String> after) {
        static Attribute of(AttributeChange one) {
            return new Attribute(
                    one.name() + one.to().map(to -> " → " + to).orElse(""),
                    one.what().word(),
                    one.before(),
                    one.after().filter(_ -> one.what() != What.RENAMED));
        }
    }

    /** A row of the table. */
    private record Row(String name, List<Cell> cells) {}

    Map<String, Object> section() {
        var kinds = Arrays.stream(ChangeKind.values())
                .filter(kind -> count(kind) > 0)
                .toList();
        return Map.of(
                "sentence", report.mode().copies() ? SENTENCE + OF_TARGET : SENTENCE,
                "columns", kinds.stream().map(ChangeKind::words).toList(),
                "rows",
                        changes.tables().entrySet().stream()
                                .map(table -> new Row(
                                        table.getKey().value(),
                                        cells(kinds, kind -> table.getValue().getOrDefault(kind, 0L))))
                                .toList(),
                "totals", cells(kinds, this::count),
                "groups", kinds.stream().flatMap(kind -> group(kind).stream()).toList(),
                "all", changes.all());
    }

    private long count(ChangeKind kind) {
        return changes.tables().values().stream()
                .mapToLong(table -> table.getOrDefault(kind, 0L))
                .sum();
    }

    private static List<Cell> cells(List<ChangeKind> kinds, ToLongFunction<ChangeKind> count) {
        return Cell.counts(kinds, ChangeKind::words, count);
    }

    private Optional<Group> group(ChangeKind kind) {
        var examples = changes.examples().stream()
                .filter(one -> one.kind() == kind)
                .map(Example::of)
                .toList();
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Group(title(kind), count(kind), examples, Formats.more(examples.size(), count(kind))));
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
}
