package dev.rekey.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.console.Reading.Possible;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.page.Formats;
import dev.rekey.engine.page.PageTemplate;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.LedgerText;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.status.RunProgress;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.status.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the page of a run shows. */
final class RunView {
    private static final PageTemplate LIVE = new PageTemplate(Api.resource("live.html"));

    private final Behind behind;
    private final Reading reading;

    RunView(Behind behind, Reading reading) {
        this.behind = behind;
        this.reading = reading;
    }

    Map<String, ?> page(Standing standing) {
        var run = standing.run();
        var forms = forms(standing);
        return Map.of(
                "action", run.action().equals("-") ? "Preparation" : run.action(),
                "plan", run.plan(),
                "run", run.id().value(),
                "live", live(standing),
                "hasForms", !forms.isEmpty(),
                "forms", forms,
                "hasReport", standing.report().isPresent());
    }

    String live(Standing standing) {
        var run = standing.run();
        var page = new HashMap<String, Object>();
        page.put("run", run.id().value());
        page.put("was", was(standing));
        page.put("poll", isOpen(standing) ? "2" : "");
        page.put("tone", tone(run));
        page.put("phase", run.phaseAndPart());
        page.put(
                "message",
                standing.report()
                        .map(report -> report.content().ending().message())
                        .orElse(""));
        page.put(
                "next",
                standing.isWorked()
                        ? ""
                        : standing.next().map(words -> "Next: " + words).orElse(""));
        page.put("tiles", tiles(standing));
        var tables = standing.progress().map(RunProgress::tables).orElse(List.of());
        page.put("hasTables", !tables.isEmpty());
        page.put(
                "stage",
                standing.progress().map(found -> found.activity().words()).orElse(""));
        page.put("tables", tables.stream().map(RunView::table).toList());
        var problems = standing.report()
                .map(report -> report.content().ending().problems())
                .orElse(List.of());
        page.put("hasFindings", !problems.isEmpty());
        page.put("findings", problems(problems));
        var log = log(standing);
        page.put("hasLog", !log.isEmpty());
        page.put("log", log);
        return LIVE.fill(page);
    }

    /** Whether what is shown may change by itself. */
    private static boolean isOpen(Standing standing) {
        var control = standing.run().control();
        return standing.isWorked()
                || control.isEmpty()
                || control.filter(found -> found.phase().isUnfinished()).isPresent();
    }

    /** What can be done, in one word: where it changes, the page does. */
    static String was(Standing standing) {
        return (standing.isWorked() ? "worked" : "idle")
                + Possible.of(standing).stream().map(one -> "." + one.word()).collect(Collectors.joining());
    }

    static String tone(RunSummary run) {
        if (run.abandoned()) {
            return "bad";
        }
        var phase = run.control().map(control -> control.phase());
        return phase.filter(found -> found == Phase.REFUSED).isPresent()
                ? "bad"
                : phase.filter(found -> found == Phase.ROLLED_BACK || found == Phase.ROLLING_BACK)
                                        .isPresent()
                                || run.paused().isPresent()
                        ? "warn"
                        : "good";
    }

    private static List<Map<String, ?>> tiles(Standing standing) {
        var tiles = new ArrayList<Map<String, ?>>();
        standing.progress().ifPresent(found -> {
            tile(
                    tiles,
                    (int) Math.floor(found.share() * 100) + " %",
                    found.activity().words());
            tile(tiles, Wording.count(found.records()), "of " + Wording.count(found.expected()) + " records");
            found.rate().ifPresent(rate -> tile(tiles, Wording.count(Math.round(rate)), "records per second"));
            found.left().ifPresent(left -> tile(tiles, Formats.duration(left), "left at this rate"));
            tile(tiles, Formats.duration(found.silence()), "since the last sign of life");
        });
        var limits = standing.run().limits();
        limits.readUnitsPerSecond()
                .ifPresent(units -> tile(tiles, Wording.count(units), "read units per second at most"));
        limits.writeUnitsPerSecond()
                .ifPresent(units -> tile(tiles, Wording.count(units), "write units per second at most"));
        standing.elapsed().ifPresent(time -> tile(tiles, Formats.duration(time), "elapsed"));
        forecast(standing).ifPresent(forecast -> {
            tile(tiles, Formats.duration(forecast.takes()), "a migration takes, about");
            tile(tiles, String.format(Locale.ROOT, "$%.2f", forecast.dollars()), "a migration costs, about");
        });
        return tiles;
    }

    private static void tile(List<Map<String, ?>> tiles, String value, String label) {
        tiles.add(Map.of("value", value, "label", label));
    }

    private record Forecast(Duration takes, double dollars) {}

    private static Optional<Forecast> forecast(Standing standing) {
        return standing.report()
                .flatMap(report -> report.content().work().survey())
                .filter(_ -> isAnalysis(standing))
                .map(survey -> new Forecast(
                        Duration.ofSeconds(survey.forecast().seconds()),
                        survey.forecast().price().total()));
    }

    private static Map<String, ?> table(RunProgress.OfTable table) {
        return Map.of(
                "name", table.table().value(),
                "level", (long) table.level(),
                "done", table.records(),
                "expected", table.expected(),
                "verified", table.verified().map(Wording::count).orElse(""),
                "percent", Long.toString((long) Math.floor(table.share() * 100)));
    }

    static List<Map<String, ?>> problems(List<Problem> problems) {
        return problems.stream()
                .<Map<String, ?>>map(problem -> Map.of(
                        "tone",
                                switch (problem.severity()) {
                                    case ERROR -> "bad";
                                    case WARNING -> "warn";
                                    case NOTE -> "";
                                },
                        "id", problem.id(),
                        "path", problem.path(),
                        "message", problem.message(),
                        "hint", problem.hint()))
                .toList();
    }

    private List<Map<String, ?>> log(Standing standing) {
        return Stored.entries(behind.documents().get(), standing.run().id()).reversed().stream()
                .<Map<String, ?>>map(entry -> Map.of(
                        "at", Formats.time(entry.at()),
                        "by", entry.by().map(Caller::words).orElse(""),
                        "what", LedgerText.of(entry.decision())))
                .toList();
    }

    private List<Map<String, ?>> forms(Standing standing) {
        var run = standing.run();
        var forms = new ArrayList<Map<String, ?>>();
        for (var action : Possible.of(standing)) {
            var form = new HashMap<String, Object>();
            form.put("run", run.id().value());
            form.put("word", action.word());
            form.put("name", name(action));
            form.put("limit", action == Possible.LIMIT);
            form.put("confirm", "");
            form.put("lines", List.of());
            form.put("moves", List.of());
            if (action == Possible.ROLLBACK) {
                var question = reading.question(run.id().value());
                form.put(
                        "lines",
                        question.path("lines")
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList());
                form.put("confirm", question.path("confirm").asText());
            }
            forms.add(form);
        }
        if (mayMigrate(standing)) {
            forms.add(Map.of(
                    "run",
                    run.id().value(),
                    "word",
                    "migrate",
                    "name",
                    "Migrate this plan",
                    "limit",
                    false,
                    "lines",
                    migration(standing.report().orElseThrow().content()),
                    "moves",
                    moves(standing),
                    "confirm",
                    run.plan()));
        }
        return forms;
    }

    private static List<String> migration(RunReport analysis) {
        var lines = new ArrayList<String>();
        lines.add("In account " + analysis.subject().account() + ", "
                + analysis.subject().region() + ":");
        lines.add(
                "If anything fails, what was copied is rolled back; what was changed in place stays until you resume the run"
                        + " or roll it back.");
        if (hasWarnings(analysis)) {
            lines.add("The analysis has warnings: read them before you agree.");
        }
        return lines;
    }

    /** From where to where, and how many records the analysis has read. */
    private static List<String> moves(Standing standing) {
        var counts = standing.report().orElseThrow().content().work().tables();
        var moves = new ArrayList<String>();
        standing.run().manifest().orElseThrow().routes().forEach((table, route) -> {
            var read = Optional.ofNullable(counts.get(table))
                    .map(found -> ": " + Wording.count(Counted.READ.in(found.counts()), "record"))
                    .orElse("");
            moves.add(
                    route.source().equals(route.target())
                            ? route.source().name() + ", in place" + read
                            : route.source().name() + " -> " + route.target().name() + read);
        });
        return moves;
    }

    private static boolean hasWarnings(RunReport analysis) {
        return analysis.ending().verdict().equals(Optional.of(Readiness.READY_WITH_WARNINGS));
    }

    static boolean hasWarnings(Standing standing) {
        return standing.report()
                .map(Report::content)
                .filter(RunView::hasWarnings)
                .isPresent();
    }

    private static boolean isAnalysis(Standing standing) {
        return standing.run().action().equals(Action.ANALYZE.word());
    }

    /** Whether this is an analysis of a whole plan that can be migrated as it is. */
    static boolean mayMigrate(Standing standing) {
        var run = standing.run();
        boolean whole = run.scope().isEmpty()
                && run.manifest()
                        .filter(found -> found.options().sample().isEmpty())
                        .isPresent();
        return isAnalysis(standing)
                && !standing.isWorked()
                && whole
                && standing.report()
                        .map(Report::content)
                        .flatMap(content -> content.ending().verdict())
                        .filter(verdict -> verdict != Readiness.NOT_READY)
                        .isPresent();
    }

    private static String name(Possible action) {
        return switch (action) {
            case PAUSE -> "Pause";
            case UNPAUSE -> "Unpause";
            case LIMIT -> "Limit";
            case STOP -> "Stop";
            case RESUME -> "Resume";
            case VERIFY -> "Verify";
            case ROLLBACK -> "Roll back";
        };
    }
}
