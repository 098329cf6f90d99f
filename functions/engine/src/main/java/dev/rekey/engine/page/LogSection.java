package dev.rekey.engine.page;

import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.LedgerText;
import dev.rekey.engine.run.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened when: the decisions of the ledger, and the ends of the stages with retries and throttling. */
record LogSection(Shown shown, TimelineDrawing timeline) {
    /** One line of the log. */
    record Line(String at, String by, Kind kind, String text) {}

    /** What a line is about, as the page shows and filters it. */
    enum Kind {
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

        String tone() {
            return tone;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where both stand at the same time, a stage ended before somebody decided about it. */
    List<Line> rows() {
        return shown.decisions().isEmpty()
                ? List.of()
                : Stream.concat(
                                timeline.ends().stream().map(LogSection::stage),
                                shown.decisions().stream().map(this::decision))
                        .sorted(Comparator.comparing(Line::at))
                        .toList();
    }

    private Line decision(LedgerEntry entry) {
        return new Line(
                Formats.moment(entry.at()),
                by(entry.task(), entry.by().map(Caller::words)),
                Kind.of(entry.decision()),
                LedgerText.of(entry.decision()));
    }

    private String by(Optional<RunId> task, Optional<String> person) {
        if (task.isEmpty()) {
            return person.orElse("a command");
        }
        boolean own = task.get().equals(shown.report().subject().task());
        return (own ? "this execution" : "execution " + task.get())
                + person.map(who -> ", started by " + who).orElse("");
    }

    private static Line stage(TimelineDrawing.End end) {
        return new Line(
                Formats.moment(end.at()), "workers", end.throttled() ? Kind.THROTTLING : Kind.STAGE, end.text());
    }
}
