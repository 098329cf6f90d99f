package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.report.ReportedMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When each stage of each level was worked on, and at which rate. */
final class TimelineDrawing {
    private static final int WIDTH = 1080;
    private static final int LEFT = 132;
    private static final int RIGHT = WIDTH - 24;
    private static final int RATE_TOP = 20;
    private static final int RATE_BOTTOM = 100;
    private static final int ROWS_TOP = 114;
    private static final int LEAST_ROW = 20;
    private static final int MOST_LANES = 48;
    private static final List<String> COLUMNS = List.of(
            "level",
            "began after",
            "took",
            "records",
            "records/s",
            "segments",
            "invocations",
            "retries",
            "throttled",
            "read units",
            "write units");

    private final List<JsonNode> timelines;
    private final List<JsonNode> earlier;
    private final String writing;
    private final String reading;
    private Instant begun = Instant.EPOCH;
    private long millis = 1;
    private double peak = 1;

    TimelineDrawing(JsonNode report) {
        timelines = Formats.each(report.path("timelines")).toList();
        earlier = Formats.each(report.path("earlierTimelines")).toList();
        var mode = ReportedMode.of(report);
        writing = switch (mode) {
            case COPY -> "copy";
            case IN_PLACE -> "change";
            case MIXED -> "write";
        };
        reading = mode.copies() ? "read the target" : "read references";
    }

    Optional<Map<String, Object>> section() {
        if (timelines.isEmpty()) {
            return Optional.empty();
        }
        begun = timelines.stream()
                .map(one -> at(one, "begunAt"))
                .min(Instant::compareTo)
                .orElseThrow();
        var ended = timelines.stream()
                .map(one -> at(one, "endedAt"))
                .max(Instant::compareTo)
                .orElseThrow();
        millis = Math.max(1, Duration.between(begun, ended).toMillis());
        peak = Math.max(
                1, drawn().stream().mapToDouble(TimelineDrawing::fastest).max().orElse(1));
        var section = new LinkedHashMap<String, Object>();
        int bottom = addRows(section);
        section.put("width", WIDTH);
        section.put("height", bottom + 24);
        section.put("left", LEFT);
        section.put("right", RIGHT);
        section.put("axisX", 4);
        section.put("rateBottom", RATE_BOTTOM);
        section.put("peak", Formats.number(Math.round(peak)));
        section.put("ticks", ticks(bottom));
        section.put("rates", drawn().stream().map(this::rate).toList());
        section.put("description", description());
        section.put(
                "legend",
                drawn().stream()
                        .map(this::kind)
                        .distinct()
                        .map(stage -> Map.of("tone", stage.legendTone(), "name", stage.words()))
                        .toList());
        section.put("columns", COLUMNS);
        section.put("stages", timelines.stream().map(this::stage).toList());
        return Optional.of(section);
    }

    /** The target is read while it is compared with the source: that would only be the same bars again. */
    private List<JsonNode> drawn() {
        return timelines.stream()
                .filter(timeline -> !Formats.text(timeline, "stage").equals("verifyTarget"))
                .toList();
    }

    /** What a stage is called, and how it looks. */
    private record Stage(String words, String tone) {
        String legendTone() {
            return tone;
        }
    }

    private Stage kind(JsonNode timeline) {
        return switch (Formats.text(timeline, "stage")) {
            case "merge" -> new Stage("read ahead", "c7");
            case "analyze" -> new Stage("read", "c8");
            case "copy" -> new Stage(writing, "c1");
            case "verify" -> new Stage("compare", "good");
            case "verifyTarget" -> new Stage(reading, "c7");
            default -> new Stage("undo", "warn");
        };
    }

    private String name(JsonNode timeline) {
        int level = timeline.path("level").asInt();
        return kind(timeline).words() + (level == 0 ? "" : ", level " + level);
    }

    private int addRows(Map<String, Object> section) {
        var rows = new ArrayList<Map<String, Object>>();
        int y = ROWS_TOP;
        for (var timeline : drawn()) {
            var lanes = lanes(timeline);
            int lane = lanes.size() > 24
                    ? 2
                    : lanes.size() > 12 ? 3 : lanes.size() > 4 ? 5 : Math.max(5, 14 / lanes.size());
            var bars = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < lanes.size(); i++) {
                bars.add(bar(lanes.get(i), kind(timeline).tone(), y + i * (lane + 1), lane));
            }
            int height = Math.max(LEAST_ROW, lanes.size() * (lane + 1) + 6);
            rows.add(Map.of("name", name(timeline), "ty", y + Math.min(height, LEAST_ROW) / 2 + 3, "bars", bars));
            y += height;
        }
        section.put("rows", rows);
        return y;
    }

    /** A time from one moment to another, and what it was spent for. */
    private record Row(String name, JsonNode span) {}

    /** Segments, if there is room for them, else tables, else the stage. */
    private static List<Row> lanes(JsonNode timeline) {
        var tables = Formats.each(timeline.path("tables")).toList();
        var segments = new ArrayList<Row>();
        for (var table : tables) {
            var name = Formats.text(table, "table");
            var spans = table.path("spans");
            if (spans.isEmpty()) {
                segments.add(new Row(name, table));
            }
            spans.forEach(span -> segments.add(new Row("a segment of " + name, span)));
        }
        if (segments.size() <= MOST_LANES) {
            return segments;
        }
        return tables.size() <= MOST_LANES
                ? tables.stream()
                        .map(table -> new Row(Formats.text(table, "table"), table))
                        .toList()
                : List.of(new Row(Wording.count(tables.size(), "table"), timeline));
    }

    private Map<String, Object> bar(Row lane, String tone, int y, int height) {
        double from = x(at(lane.span(), "begunAt"));
        double width = Math.max(1.5, x(at(lane.span(), "endedAt")) - from);
        return Map.of(
                "tone",
                tone,
                "x",
                Formats.decimal(from),
                "y",
                y,
                "w",
                Formats.decimal(width),
                "h",
                height,
                "title",
                lane.name() + ": " + Wording.count(lane.span().path("records").asLong(), "record") + " in "
                        + Formats.duration(took(lane.span())));
    }

    /** Records a second in the fastest step. */
    private static double fastest(JsonNode timeline) {
        long bucket = timeline.path("bucketMillis").asLong(1);
        return Formats.each(timeline.path("rate"))
                        .mapToDouble(JsonNode::asDouble)
                        .max()
                        .orElse(0)
                * 1000
                / bucket;
    }

    private Map<String, Object> rate(JsonNode timeline) {
        long bucket = timeline.path("bucketMillis").asLong(1);
        var from = at(timeline, "begunAt");
        var end = at(timeline, "endedAt");
        var path = new StringBuilder("M" + Formats.decimal(x(from)) + " " + RATE_BOTTOM);
        int step = 0;
        for (var records : timeline.path("rate")) {
            var next = from.plusMillis(bucket * (step + 1));
            double y = RATE_BOTTOM - (RATE_BOTTOM - RATE_TOP) * records.asDouble() * 1000 / bucket / peak;
            path.append(" V")
                    .append(Formats.decimal(y))
                    .append(" H")
                    .append(Formats.decimal(x(next.isAfter(end) ? end : next)));
            step++;
        }
        return Map.of(
                "tone", kind(timeline).tone(),
                "d", path.append(" V").append(RATE_BOTTOM).append(" Z").toString(),
                "title", name(timeline) + ": " + Formats.number(perSecond(timeline)) + " records/s on average");
    }

    private static long perSecond(JsonNode timeline) {
        return Formats.perSecond(sum(timeline, "records"), took(timeline));
    }

    private static long sum(JsonNode timeline, String field) {
        return Math.round(Formats.each(timeline.path("tables"))
                .mapToDouble(table -> table.path(field).asDouble())
                .sum());
    }

    private double x(Instant at) {
        return LEFT + (RIGHT - LEFT) * (double) Duration.between(begun, at).toMillis() / millis;
    }

    private List<Map<String, Object>> ticks(int bottom) {
        var step = TimeAxis.step(Duration.ofMillis(millis));
        var ticks = new ArrayList<Map<String, Object>>();
        for (long at = 0; at <= millis; at += step.toMillis()) {
            ticks.add(Map.of(
                    "x",
                    Formats.decimal(x(begun.plusMillis(at))),
                    "y",
                    bottom,
                    "ty",
                    bottom + 16,
                    "label",
                    at == 0 ? "0" : TimeAxis.label(Duration.ofMillis(at))));
        }
        return ticks;
    }

    private String description() {
        return timelines.stream()
                        .map(one -> name(one) + " took " + Formats.duration(took(one)) + " at "
                                + Formats.number(perSecond(one)) + " records per second")
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private Map<String, Object> stage(JsonNode timeline) {
        int level = timeline.path("level").asInt();
        return Map.of(
                "name",
                kind(timeline).words(),
                "cells",
                Formats.cells(
                        COLUMNS,
                        List.of(
                                level == 0 ? "all" : String.valueOf(level),
                                Formats.duration(Duration.between(begun, at(timeline, "begunAt"))),
                                Formats.duration(took(timeline)),
                                Formats.number(sum(timeline, "records")),
                                Formats.number(perSecond(timeline)),
                                Formats.number(sum(timeline, "segments")),
                                Formats.number(sum(timeline, "invocations")),
                                Formats.number(sum(timeline, "retries")),
                                Formats.number(sum(timeline, "throttled")),
                                Formats.number(sum(timeline, "readUnits")),
                                Formats.number(sum(timeline, "writeUnits")))));
    }

    /**
     * The end of a stage.
     *
     * @param throttled whether tables refused requests
     * @param text what the stage did
     */
    record End(Instant at, boolean throttled, String text) {}

    /** When each stage ended, also those that are not drawn because they were before this execution turned round. */
    List<End> ends() {
        return Stream.concat(earlier.stream(), timelines.stream())
                .map(this::end)
                .toList();
    }

    private End end(JsonNode timeline) {
        long retries = sum(timeline, "retries");
        long throttled = sum(timeline, "throttled");
        return new End(
                at(timeline, "endedAt"),
                throttled > 0,
                name(timeline) + ": " + Wording.count(sum(timeline, "records"), "record") + " in "
                        + Formats.duration(took(timeline))
                        + (retries == 0
                                ? ""
                                : ", " + Formats.number(retries) + Wording.agree(retries, " retry", " retries"))
                        + (throttled == 0
                                ? ""
                                : ", tables refused requests at %s of %s"
                                        .formatted(
                                                Formats.number(throttled),
                                                Wording.count(sum(timeline, "segments"), "segment"))));
    }

    private static Duration took(JsonNode span) {
        return Duration.between(at(span, "begunAt"), at(span, "endedAt"));
    }

    private static Instant at(JsonNode span, String field) {
        return Instant.parse(Formats.text(span, field));
    }
}
