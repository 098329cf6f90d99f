package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.LedgerText;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened when: the decisions of the ledger, and the ends of the stages with retries and throttling. */
final class LogSection {
    private final JsonNode report;

    LogSection(JsonNode report) {
        this.report = report;
    }

    /** One line of the log. */
    private record Line(String at, String by, Kind kind, String text) {}

    /** What a line is about, as the page shows and filters it. */
    private enum Kind {
        EXECUTION(""),
        VERDICT(""),
        LEVEL(""),
        STAGE(""),
        TABLES(""),
        PAUSE("warn"),
        LIMITS("warn"),
        THROTTLING("warn"),
        ROLLBACK("warn"),
        FAILURE("bad");

        private final String tone;

        Kind(String tone) {
            this.tone = tone;
        }

        static Kind of(Decision decision) {
            return switch (decision) {
                case Decision.Started _, Decision.Stopped _ -> EXECUTION;
                case Decision.Ended ended -> ended.error().isPresent() ? FAILURE : EXECUTION;
                case Decision.Refused _, Decision.Failed _ -> FAILURE;
                case Decision.Judged _, Decision.Tested _ -> VERDICT;
                case Decision.LevelMigrated _ -> LEVEL;
                case Decision.LevelVerified level -> level.failures() > 0 ? FAILURE : LEVEL;
                case Decision.RollbackStarted _, Decision.WritersStopped _ -> ROLLBACK;
                case Decision.Paused _, Decision.Unpaused _ -> PAUSE;
                case Decision.LimitsChanged _ -> LIMITS;
                case Decision.CreatingTables _, Decision.Created _ -> TABLES;
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The decisions as the page takes them. */
    static ArrayNode decisions(List<LedgerEntry> entries) {
        var log = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> log.addObject()
                .put("at", entry.at().toString())
                .put("by", entry.task().map(RunId::value).orElse(""))
                .put("person", entry.by().map(Caller::words).orElse(""))
                .put("kind", Kind.of(entry.decision()).name())
                .put("text", LedgerText.of(entry.decision())));
        return log;
    }

    Optional<Map<String, Object>> section() {
        if (report.path("log").isEmpty()) {
            return Optional.empty();
        }
        // Where both stand at the same time, a stage ended before somebody decided about it.
        var lines = Stream.concat(
                        new TimelineDrawing(report).ends().stream().map(LogSection::stage),
                        Formats.each(report.path("log")).map(this::decision))
                .sorted(Comparator.comparing(Line::at))
                .map(LogSection::row)
                .toList();
        return Optional.of(Map.of("rows", lines));
    }

    private Line decision(JsonNode one) {
        var task = Formats.text(one, "by");
        var person = Formats.text(one, "person");
        var execution = task.equals(Formats.text(report, "task")) ? "this execution" : "execution " + task;
        var by = task.isEmpty()
                ? person.isEmpty() ? "a command" : person
                : person.isEmpty() ? execution : execution + ", started by " + person;
        return new Line(
                Formats.moment(Instant.parse(Formats.text(one, "at"))),
                by,
                Kind.valueOf(Formats.text(one, "kind")),
                Formats.text(one, "text"));
    }

    private static Line stage(TimelineDrawing.End end) {
        return new Line(
                Formats.moment(end.at()), "workers", end.throttled() ? Kind.THROTTLING : Kind.STAGE, end.text());
    }

    private static Map<String, Object> row(Line line) {
        return Map.of(
                "at", line.at(),
                "by", line.by(),
                "kind", line.kind().word(),
                "tone", line.kind().tone,
                "text", line.text());
    }
}
