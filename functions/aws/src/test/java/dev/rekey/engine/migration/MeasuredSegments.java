package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.rekey.engine.forecast.Forecast;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.segment.Timeline;
import java.util.function.ToDoubleFunction;

/** What the report of a migration says of its segments, against what was forecast. */
final class MeasuredSegments {
    private final RunReport report;
    private final Forecast forecast;

    MeasuredSegments(Migration migration, Forecast forecast) {
        this.report = migration.report(RunOutcome.MIGRATED);
        this.forecast = forecast;
    }

    void areAsForecast() {
        var expected = forecast.consumption().ofSegments();
        assertThat(sum(table -> table.attempts().invocations())).isEqualTo((double) expected.invocations());
        assertThat(sum(table -> table.consumed().objectWrites()))
                .isCloseTo((double) expected.objectWrites(), withPercentage(5));
        // Here one process does everything, and reads once what each function reads that begins.
        assertThat(sum(table -> table.consumed().objectReads()))
                .isBetween(0.4 * expected.objectReads(), (double) expected.objectReads());
        double read =
                forecast.consumption().readUnits() - forecast.consumption().preparationReadUnits();
        assertThat(sum(table -> table.consumed().readUnits())).isCloseTo(read, withPercentage(3));
        assertThat(sum(table -> table.consumed().writeUnits()))
                .isCloseTo((double) forecast.consumption().writeUnits(), withPercentage(2));
    }

    private double sum(ToDoubleFunction<Timeline.OfTable> what) {
        return report.work().timelines().stream()
                .flatMap(timeline -> timeline.tables().stream())
                .mapToDouble(what)
                .sum();
    }
}
