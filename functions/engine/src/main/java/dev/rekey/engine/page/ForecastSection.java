package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a migration was expected to take, beside what it took where that is known. */
final class ForecastSection {
    private final JsonNode report;
    private final JsonNode forecast;
    private final boolean measured;

    ForecastSection(JsonNode report) {
        this.report = report;
        this.forecast = report.path("survey").path("forecast");
        this.measured = Formats.text(report, "outcome").equals("migrated");
    }

    Optional<Map<String, Object>> section() {
        if (forecast.isEmpty()) {
            return Optional.empty();
        }
        var section = new LinkedHashMap<String, Object>();
        section.put("title", measured ? "Forecast and actual values" : "Forecast of a migration");
        section.put("caption", measured ? caption() : "Forecast from every record that was read.");
        section.put("measured", measured);
        section.put("rows", rows());
        section.put("price", price());
        section.put("limitedBy", Formats.text(forecast, "limitedBy"));
        var assumptions = Formats.texts(forecast.path("assumptions"));
        section.put("hasAssumptions", !assumptions.isEmpty());
        section.put("assumptions", assumptions);
        return Optional.of(section);
    }

    private String caption() {
        return "Units, invocations and S3 requests are those of reading, writing and comparing the segments. All else is not"
                + " measured, and is forecast to take " + beside("invocations", "invocation") + ", "
                + beside("objectWrites", "S3 request") + " that write or list, " + beside("objectReads", "S3 request")
                + " that read, and "
                + Wording.count(forecast.path("preparationReadUnits").asLong(), "read unit")
                + ". Functions cannot see state transitions. The forecast of the duration is for AWS.";
    }

    /** What is forecast beside the work at the segments. */
    private String beside(String field, String word) {
        long rest = forecast.path(field).asLong()
                - forecast.path("ofSegments").path(field).asLong();
        return Wording.count(rest, word);
    }

    private List<Map<String, Object>> rows() {
        var rows = new ArrayList<Map<String, Object>>();
        var took = Duration.between(
                Instant.parse(Formats.text(report, "startedAt")), Instant.parse(Formats.text(report, "endedAt")));
        var seconds = Duration.ofSeconds(forecast.path("seconds").asLong());
        rows.add(row(
                "duration, forecast for AWS",
                Formats.duration(seconds),
                Optional.of(Formats.duration(took)),
                difference((double) seconds.toMillis(), (double) took.toMillis())));
        double prepared = measured ? forecast.path("preparationReadUnits").asDouble() : 0;
        rows.add(counted(
                "read units", forecast.path("readUnits").asDouble() - prepared, Optional.of(measuredSum("readUnits"))));
        rows.add(counted(
                "write units, with indexes",
                forecast.path("writeUnits").asDouble(),
                Optional.of(measuredSum("writeUnits"))));
        rows.add(ofSegments("invocations of functions", "invocations"));
        rows.add(ofSegments("S3 requests that write or list", "objectWrites"));
        rows.add(ofSegments("S3 requests that read", "objectReads"));
        rows.add(forecastOnly("function seconds", "functionSeconds"));
        rows.add(forecastOnly("state transitions", "stateTransitions"));
        return rows;
    }

    private Map<String, Object> ofSegments(String name, String field) {
        return measured
                ? counted(name, forecast.path("ofSegments").path(field).asDouble(), Optional.of(measuredSum(field)))
                : forecastOnly(name, field);
    }

    private double measuredSum(String field) {
        return Formats.each(report.path("timelines"))
                .flatMap(timeline -> Formats.each(timeline.path("tables")))
                .mapToDouble(table -> table.path(field).asDouble())
                .sum();
    }

    private Map<String, Object> forecastOnly(String name, String field) {
        return counted(name, forecast.path(field).asDouble(), Optional.empty());
    }

    private static Map<String, Object> counted(String name, double expected, Optional<Double> actual) {
        return row(
                name,
                Formats.number(Math.round(expected)),
                actual.map(value -> Formats.number(Math.round(value))),
                actual.map(value -> difference(expected, value)).orElse(""));
    }

    private static Map<String, Object> row(String name, String expected, Optional<String> actual, String difference) {
        return Map.of("name", name, "forecast", expected, "actual", actual.orElse("–"), "difference", difference);
    }

    private static String difference(double expected, double actual) {
        if (expected <= 0) {
            return "";
        }
        double percent = 100 * (actual - expected) / expected;
        return Math.abs(percent) < 0.05 ? "none" : String.format(Locale.ROOT, "%+.1f %%", percent);
    }

    private Map<String, Object> price() {
        var price = forecast.path("price");
        var items = new ArrayList<Map<String, Object>>();
        for (var item : List.of("total", "reads", "writes", "objects", "transitions", "functions")) {
            items.add(Map.of("label", item, "value", dollars(price.path(item).asDouble())));
        }
        return Map.of(
                "items",
                items,
                "note",
                "Prices of " + Formats.text(price, "pricesOf") + " in " + Formats.text(price, "region")
                        + ", without discounts and free tiers.");
    }

    private static String dollars(double value) {
        if (value > 0 && value < 0.0001) {
            return "< $0.0001";
        }
        return String.format(Locale.ROOT, value > 0 && value < 1 ? "$%.4f" : "$%,.2f", value);
    }
}
