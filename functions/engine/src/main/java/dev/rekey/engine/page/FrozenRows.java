package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.RunReport.ReportedCreated;
import dev.rekey.engine.report.RunReport.ReportedMerges;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records that were merged, or created, as it was decided before the first write.
 *
 * @param of the family, or the table
 * @param why how many there are for each reason
 * @param rows some of them
 * @param more how many others there are
 */
record FrozenRows(Object of, long records, String why, List<Row> rows, Optional<Long> more) {
    /** One record, what it becomes or is needed by, and why. */
    private record Row(String id, String other, String why) {}

    static FrozenRows of(ReportedMerges merges) {
        var why = merges.byOrigin().entrySet().stream()
                .map(one -> Wording.count(one.getValue()) + " " + one.getKey().phrase())
                .collect(Collectors.joining(", "));
        return of(
                merges.family(),
                merges.records(),
                why,
                merges.first(),
                one -> new Row(one.merged(), one.survivor(), one.origin().phrase()));
    }

    static FrozenRows of(ReportedCreated created) {
        var why = created.byReference().entrySet().stream()
                .map(one -> Wording.count(one.getValue()) + " for " + one.getKey())
                .collect(Collectors.joining(", "));
        return of(
                created.table(),
                created.records(),
                why,
                created.first(),
                one -> new Row(
                        one.id(), one.reference(), one.absent() ? "the reference held no id" : "no record had the id"));
    }

    private static <T> FrozenRows of(Object of, long records, String why, List<T> first, Function<T, Row> row) {
        return new FrozenRows(
                of,
                records,
                why,
                first.stream().map(row).toList(),
                Optional.of(records - first.size()).filter(more -> more > 0));
    }
}
