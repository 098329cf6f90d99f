package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.segment.Consumed;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.segment.Timeline.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private final List<Timeline> timelines;
    private final List<Timeline> earlier;
    private final String writing;
    private final String reading;
    private Instant begun = Instant.EPOCH;
    private long millis = 1;
    private double peak = 1;

    TimelineDrawing(Shown shown) {
        timelines = shown.report().work().timelines();
        earlier = shown.earlier();
        var mode = shown.report().mode();
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
                .map(Timeline::begunAt)
                .min(Instant::compareTo)
                .orElseThrow();
        var ended = timelines.stream()
                .map(Timeline::endedAt)
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
        section.put("peak", Wording.count(Math.round(peak)));
        section.put("ticks", ticks(bottom));
        section.put("rates", drawn().stream().map(this::rate).toList());
        section.put("description", description());
        section.put("legend", drawn().stream().map(this::kind).distinct().toList());
        section.put("columns", COLUMNS);
        section.put("stages", timelines.stream().map(this::stage).toList());
        return Optional.of(section);
    }

    /** The target is read while it is compared with the source: that would only be the same bars again. */
    private List<Timeline> drawn() {
        return timelines.stream()
                .filter(timeline -> !timeline.stage().equals("verifyTarget"))
                .toList();
    }

    /** What a stage is called, and how it looks. */
    private record Stage(String words, String tone) {}

    private Stage kind(Timeline timeline) {
        return switch (timeline.stage()) {
            case "merge" -> new Stage("read ahead", "c7");
            case "analyze" -> new Stage("read", "c8");
            case "copy" -> new Stage(writing, "c1");
            case "verify" -> new Stage("compare", "good");
            case "verifyTarget" -> new Stage(reading, "c7");
            default -> new Stage("undo", "warn");
        };
    }

    private String name(Timeline timeline) {
        int level = timeline.level();
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
            var bars = new ArrayList<Bar>();
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
    private record Row(String name, Span span) {}

    /** Segments, if there is room for them, else tables, else the stage. */
    private static List<Row> lanes(Timeline timeline) {
        var tables = timeline.tables();
        var segments = new ArrayList<Row>();
        for (var table : tables) {
            if (table.spans().isEmpty()) {
                segments.add(new Row(table.table().value(), table.whole()));
            }
            table.spans().forEach(span -> segments.add(new Row("a segment of " + table.table(), span)));
        }
        if (segments.size() <= MOST_LANES) {
            return segments;
        }
        return tables.size() <= MOST_LANES
                ? tables.stream()
                        .map(table -> new Row(table.table().value(), table.whole()))
                        .toList()
                : List.of(new Row(
                        Wording.count(tables.size(), "table"),
                        new Span(timeline.begunAt(), timeline.endedAt(), timeline.records())));
    }

    /** A time as the template draws it. */
    private record Bar(String tone, String x, int y, String w, int h, String title) {}

    private Bar bar(Row lane, String tone, int y, int height) {
        var span = lane.span();
        double from = x(span.begunAt());
        double width = Math.max(1.5, x(span.endedAt()) - from);
        return new Bar(
                tone,
                Formats.decimal(from),
                y,
                Formats.decimal(width),
                height,
                lane.name() + ": " + Wording.count(span.records(), "record") + " in "
                        + Formats.duration(Duration.between(span.begunAt(), span.endedAt())));
    }

    /** Records a second in the fastest step. */
    private static double fastest(Timeline timeline) {
        return timeline.rate().stream().mapToDouble(Long::doubleValue).max().orElse(0) * 1000 / timeline.bucketMillis();
    }

    private Map<String, Object> rate(Timeline timeline) {
        long bucket = timeline.bucketMillis();
        var from = timeline.begunAt();
        var end = timeline.endedAt();
        var path = new StringBuilder("M" + Formats.decimal(x(from)) + " " + RATE_BOTTOM);
        int step = 0;
        for (var records : timeline.rate()) {
            var next = from.plusMillis(bucket * (step + 1));
            double y = RATE_BOTTOM - (RATE_BOTTOM - RATE_TOP) * (double) records * 1000 / bucket / peak;
            path.append(" V")
                    .append(Formats.decimal(y))
                    .append(" H")
                    .append(Formats.decimal(x(next.isAfter(end) ? end : next)));
            step++;
        }
        return Map.of(
                "tone", kind(timeline).tone(),
                "d", path.append(" V").append(RATE_BOTTOM).append(" Z").toString(),
                "title", name(timeline) + ": " + Wording.count(perSecond(timeline)) + " records/s on average");
    }

    private static long perSecond(Timeline timeline) {
        return Formats.perSecond(timeline.records(), timeline.took());
    }

    private static long attempts(Timeline timeline, ToLongFunction<Timeline.Attempts> what) {
        return timeline.tables().stream()
                .mapToLong(table -> what.applyAsLong(table.attempts()))
                .sum();
    }

    private static long units(Timeline timeline, ToDoubleFunction<Consumed> what) {
        return Math.round(timeline.tables().stream()
                .mapToDouble(table -> what.applyAsDouble(table.consumed()))
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
                        .map(one -> name(one) + " took " + Formats.duration(one.took()) + " at "
                                + Wording.count(perSecond(one)) + " records per second")
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private Map<String, Object> stage(Timeline timeline) {
        int level = timeline.level();
        var values = List.of(
                level == 0 ? "all" : String.valueOf(level),
                Formats.duration(Duration.between(begun, timeline.begunAt())),
                Formats.duration(timeline.took()),
                Wording.count(timeline.records()),
                Wording.count(perSecond(timeline)),
                Wording.count(attempts(timeline, Timeline.Attempts::segments)),
                Wording.count(attempts(timeline, Timeline.Attempts::invocations)),
                Wording.count(attempts(timeline, Timeline.Attempts::retries)),
                Wording.count(attempts(timeline, Timeline.Attempts::throttled)),
                Wording.count(units(timeline, Consumed::readUnits)),
                Wording.count(units(timeline, Consumed::writeUnits)));
        var cells = IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> new Cell(COLUMNS.get(i), values.get(i)))
                .toList();
        return Map.of("name", kind(timeline).words(), "cells", cells);
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

    private End end(Timeline timeline) {
        long retries = attempts(timeline, Timeline.Attempts::retries);
        long throttled = attempts(timeline, Timeline.Attempts::throttled);
        return new End(
                timeline.endedAt(),
                throttled > 0,
                name(timeline) + ": " + Wording.count(timeline.records(), "record") + " in "
                        + Formats.duration(timeline.took())
                        + (retries == 0
                                ? ""
                                : ", " + Wording.count(retries) + Wording.agree(retries, " retry", " retries"))
                        + (throttled == 0
                                ? ""
                                : ", tables refused requests at %s of %s"
                                        .formatted(
                                                Wording.count(throttled),
                                                Wording.count(
                                                        attempts(timeline, Timeline.Attempts::segments), "segment"))));
    }
}
