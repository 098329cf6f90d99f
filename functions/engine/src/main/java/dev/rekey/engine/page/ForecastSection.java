package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.forecast.Forecast;
import dev.rekey.engine.forecast.Forecast.Price;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.segment.Consumed;
import dev.rekey.engine.segment.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a migration was expected to take, beside what it took where that is known. */
final class ForecastSection {
    private final RunReport report;
    private final Forecast forecast;
    private final boolean measured;

    ForecastSection(RunReport report, Survey survey) {
        this.report = report;
        this.forecast = survey.forecast();
        this.measured = report.outcome() == RunOutcome.MIGRATED;
    }

    /** A value that was forecast, and was measured or not. */
    private record Row(String name, String forecast, String actual, String difference) {
        static Row of(String name, double expected, double actual) {
            return new Row(name, rounded(expected), rounded(actual), difference(expected, actual));
        }

        static Row unmeasured(String name, double expected) {
            return new Row(name, rounded(expected), "–", "");
        }

        private static String rounded(double value) {
            return Wording.count(Math.round(value));
        }

        static String difference(double expected, double actual) {
            if (expected <= 0) {
                return "";
            }
            double percent = 100 * (actual - expected) / expected;
            return Math.abs(percent) < 0.05 ? "none" : String.format(Locale.ROOT, "%+.1f %%", percent);
        }
    }

    Map<String, Object> section() {
        var section = new LinkedHashMap<String, Object>();
        section.put("title", measured ? "Forecast and actual values" : "Forecast of a migration");
        section.put("caption", measured ? caption() : "Forecast from every record that was read.");
        section.put("measured", measured);
        section.put("rows", rows());
        section.put("price", price(forecast.price()));
        section.put("limitedBy", forecast.limitedBy());
        section.put("hasAssumptions", !forecast.assumptions().isEmpty());
        section.put("assumptions", forecast.assumptions());
        return section;
    }

    /** What is forecast beside the work at the segments is not measured. */
    private String caption() {
        var all = forecast.consumption();
        var segments = all.ofSegments();
        return "Units, invocations and S3 requests are those of reading, writing and comparing the segments. All else is not"
                + " measured, and is forecast to take "
                + Wording.count(all.invocations() - segments.invocations(), "invocation") + ", "
                + Wording.count(all.objectWrites() - segments.objectWrites(), "S3 request")
                + " that write or list, " + Wording.count(all.objectReads() - segments.objectReads(), "S3 request")
                + " that read, and "
                + Wording.count(all.preparationReadUnits(), "read unit")
                + ". Functions cannot see state transitions. The forecast of the duration is for AWS.";
    }

    private List<Row> rows() {
        var all = forecast.consumption();
        var segments = all.ofSegments();
        double prepared = measured ? (double) all.preparationReadUnits() : 0;
        var rows = new ArrayList<>(List.of(
                duration(),
                Row.of("read units", (double) all.readUnits() - prepared, consumed(Consumed::readUnits)),
                Row.of("write units, with indexes", (double) all.writeUnits(), consumed(Consumed::writeUnits)),
                measured
                        ? Row.of("invocations of functions", (double) segments.invocations(), invocations())
                        : Row.unmeasured("invocations of functions", (double) all.invocations()),
                objects(
                        "S3 requests that write or list",
                        all.objectWrites(),
                        segments.objectWrites(),
                        Consumed::objectWrites),
                objects("S3 requests that read", all.objectReads(), segments.objectReads(), Consumed::objectReads),
                Row.unmeasured("function seconds", (double) all.functionSeconds()),
                Row.unmeasured("state transitions", (double) all.stateTransitions())));
        all.replicaWriteUnits()
                .ifPresent(units -> rows.add(3, Row.unmeasured("write units of replicas", units.doubleValue())));
        return rows;
    }

    private Row duration() {
        var expected = Duration.ofSeconds(forecast.seconds());
        var took =
                Duration.between(report.subject().startedAt(), report.subject().endedAt());
        return new Row(
                "duration, forecast for AWS",
                Formats.duration(expected),
                Formats.duration(took),
                Row.difference((double) expected.toMillis(), (double) took.toMillis()));
    }

    private Row objects(String name, long all, long ofSegments, ToDoubleFunction<Consumed> requests) {
        return measured ? Row.of(name, (double) ofSegments, consumed(requests)) : Row.unmeasured(name, (double) all);
    }

    private double consumed(ToDoubleFunction<Consumed> what) {
        return ofTables(table -> what.applyAsDouble(table.consumed()));
    }

    private double invocations() {
        return ofTables(table -> table.attempts().invocations());
    }

    private double ofTables(ToDoubleFunction<Timeline.OfTable> what) {
        return report.work().timelines().stream()
                .flatMap(timeline -> timeline.tables().stream())
                .mapToDouble(what)
                .sum();
    }

    private static Map<String, Object> price(Price price) {
        return Map.of(
                "items",
                List.of(
                        item("total", price.total()),
                        item("reads", price.reads()),
                        item("writes", price.writes()),
                        item("objects", price.objects()),
                        item("transitions", price.transitions()),
                        item("functions", price.functions())),
                "list",
                price.list());
    }

    private static Map<String, String> item(String name, double dollars) {
        return Map.of("label", name, "value", dollars(dollars));
    }

    private static String dollars(double value) {
        if (value > 0 && value < 0.0001) {
            return "< $0.0001";
        }
        return String.format(Locale.ROOT, value > 0 && value < 1 ? "$%.4f" : "$%,.2f", value);
    }
}
