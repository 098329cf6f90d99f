package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdict in one line, and the run in numbers. */
final class Summary {
    private static final String CHECK = "M7 12.5l3.5 3.5L17 9";
    private static final String CROSS = "M8 8l8 8M16 8l-8 8";
    private static final String MARK = "M12 6.5v7M12 17v.01";

    private final JsonNode report;

    Summary(JsonNode report) {
        this.report = report;
    }

    void addTo(Map<String, Object> page) {
        var tone = tone();
        page.put("title", "Rekey: " + headline() + " (" + Formats.text(report, "plan") + ")");
        page.put("what", Formats.text(report, "action") + " · plan " + Formats.text(report, "plan"));
        page.put("headline", headline());
        page.put("message", Formats.text(report, "message"));
        page.put("tone", tone);
        page.put("sign", tone.equals("good") ? CHECK : tone.equals("bad") ? CROSS : MARK);
        page.put("tiles", tiles());
        page.put("facts", facts());
        page.put(
                "footer",
                "Made by Rekey from the report of run " + Formats.text(report, "run")
                        + "; the JSON document is stored beside it. Records appear as ids only, unless values were asked"
                        + " for.");
    }

    String tone() {
        if (report.has("error")) {
            return Formats.text(report, "error").equals(ErrorNames.SUPERSEDED) ? "warn" : "bad";
        }
        return switch (readiness()) {
            case NOT_READY -> "bad";
            case READY_WITH_WARNINGS -> "warn";
            case READY -> isAllDone() ? "good" : "warn";
        };
    }

    /** Ready also where nothing was analyzed. */
    private Readiness readiness() {
        return report.has("verdict") ? Readiness.of(Formats.text(report, "verdict")) : Readiness.READY;
    }

    private boolean isAllDone() {
        return !Formats.text(report, "outcome").equals("stopped")
                && !report.has("drift")
                && !report.has("unrestored")
                && report.path("problems").isEmpty()
                && !hasRemaining();
    }

    private boolean hasRemaining() {
        return report.has("remaining");
    }

    private String whatRemains() {
        long remaining = report.path("remaining")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .sum();
        if (remaining == 0) {
            return "";
        }
        var what =
                Formats.number(remaining) + Wording.agree(remaining, " record or reference", " records or references");
        return ReportedMode.of(report).changesInPlace()
                ? ". " + what + " changed in the meantime"
                : ". Others changed " + what;
    }

    private String warned() {
        int warnings = report.path("problems").size();
        return warnings == 0 ? "" : ", with " + Wording.count(warnings, "warning");
    }

    private String headline() {
        return switch (Formats.text(report, "outcome")) {
            case "analyzed" -> analyzed();
            case "refused" -> "Refused: the data does not fit the plan. Nothing was written";
            case "tested" -> "The test passed";
            case "migrated" -> "Migrated and verified: " + records() + " in " + tables() + warned() + whatRemains();
            case "verified" ->
                report.has("error")
                        ? "Verification found " + (failures() > 0 ? Wording.count(failures(), "failure") : "old ids")
                        : hasRemaining()
                                ? "Verified" + whatRemains()
                                : "Verified: every record is " + asItMustBe() + exceptions();
            case "rolledBack" -> rolledBack();
            case "stopped" -> "Stopped: resume it, or roll it back";
            default ->
                tone().equals("warn") ? "Taken over by another execution" : "Incomplete: resume it, or roll it back";
        };
    }

    private String exceptions() {
        long skipped = report.path("verification").path("skipped").asLong();
        long rolledBack = report.path("verification").path("rolledBack").asLong();
        var exceptions = Stream.of(
                        skipped == 0 ? "" : Wording.count(skipped, "record") + " skipped",
                        rolledBack == 0 ? "" : Wording.count(rolledBack, "record") + " rolled back in part")
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(" and "));
        return exceptions.isEmpty() ? "" : ", except " + exceptions;
    }

    private String asItMustBe() {
        return ReportedMode.of(report).changesInPlace() ? "as the plan says" : "in the target";
    }

    private String analyzed() {
        return switch (readiness()) {
            case NOT_READY -> "Not ready: the data does not fit the plan";
            case READY_WITH_WARNINGS -> "Ready, with warnings: " + records() + " in " + tables();
            case READY -> "Ready: " + records() + " in " + tables() + " will migrate";
        };
    }

    private String rolledBack() {
        var but = except(
                        "drift",
                        report.path("counts").path("referred").asLong() == 0
                                ? "that others changed"
                                : "that others changed or refer to")
                + except("unrestored", "that could not be restored");
        long different = report.path("undone").path("counts").path("different").asLong();
        if (different > 0) {
            return "Rolled back, but " + Wording.count(different, "record") + Wording.agree(different, " is", " are")
                    + " different from before the run";
        }
        return (report.has("error") ? "Failed and rolled back" : "Rolled back") + but;
    }

    private String except(String list, String which) {
        int records = report.path(list).size();
        return records == 0 ? "" : ", except " + Wording.count(records, "record") + " " + which;
    }

    private String records() {
        return Wording.count(read(), "record");
    }

    private String tables() {
        return Wording.count(countTables(), "table");
    }

    /** Created and merged records are a part of their table. */
    private long countTables() {
        return report.path("tables")
                .propertyStream()
                .map(table -> new TableName(table.getKey()).named())
                .distinct()
                .count();
    }

    /** Records of the source that this execution dealt with; for what only compares or undoes, of those. */
    private long read() {
        var counts = report.path("counts");
        if (counts.has("read")) {
            return counts.path("read").asLong() - counts.path("filtered").asLong();
        }
        return counts.isEmpty()
                ? Verdicts.records(report.path("verification"))
                : counts.valueStream().mapToLong(JsonNode::asLong).sum();
    }

    long failures() {
        return Verdicts.COMPARED.stream()
                .filter(verdict -> verdict.tone().equals("bad"))
                .mapToLong(verdict ->
                        report.path("verification").path(verdict.name()).asLong())
                .sum();
    }

    private List<Map<String, Object>> tiles() {
        var tiles = new ArrayList<Map<String, Object>>();
        tiles.add(tile(Formats.number(read()), "records", ""));
        tiles.add(tile(Formats.number(countTables()), "tables", ""));
        tiles.add(tile(Formats.number(levels()), "levels", ""));
        if (report.has("verification")) {
            long matched = report.path("verification").path("matched").asLong();
            tiles.add(tile(Formats.number(matched), "compared and equal", matched > 0 ? "good" : ""));
            tiles.add(tile(Formats.number(failures()), "failures", failures() > 0 ? "bad" : "good"));
        } else if (report.has("verdict")) {
            tiles.add(problems("ERROR", "blockers", "bad"));
            tiles.add(problems("WARNING", "warnings", "warn"));
        }
        tiles.add(tile(Formats.duration(took()), "from start to end", ""));
        tiles.add(tile(Formats.number(Formats.perSecond(read(), took())), "records per second", ""));
        return tiles;
    }

    private Map<String, Object> problems(String severity, String label, String tone) {
        long count = report.has(label)
                ? report.path(label).size()
                : Formats.each(report.path("problems"))
                        .filter(problem -> Formats.text(problem, "severity").equals(severity))
                        .count();
        return tile(Formats.number(count), label, count > 0 ? tone : "good");
    }

    private long levels() {
        return Formats.each(report.path("tables"))
                .mapToInt(table -> table.path("level").asInt())
                .distinct()
                .count();
    }

    private static Map<String, Object> tile(String value, String label, String tone) {
        return Map.of("value", value, "label", label, "tone", tone);
    }

    /** From the first moment that is known of this execution: a later one did not begin with the run. */
    private Duration took() {
        var started = Instant.parse(Formats.text(report, "startedAt"));
        var ended = Instant.parse(Formats.text(report, "endedAt"));
        if (Formats.text(report, "run").equals(Formats.text(report, "task"))) {
            return Duration.between(started, ended);
        }
        return Formats.each(report.path("timelines"))
                .map(timeline -> Instant.parse(Formats.text(timeline, "begunAt")))
                .min(Instant::compareTo)
                .map(begun -> Duration.between(begun, ended))
                .orElse(Duration.ZERO);
    }

    private List<Map<String, Object>> facts() {
        var facts = new ArrayList<Map<String, Object>>();
        facts.add(fact("Run", Formats.text(report, "run"), true));
        if (!Formats.text(report, "run").equals(Formats.text(report, "task"))) {
            facts.add(fact("Execution", Formats.text(report, "task"), true));
        }
        var by = report.path("startedBy");
        if (by.isObject()) {
            facts.add(fact(
                    "Started by",
                    (Formats.text(by, "identity") + ", " + Formats.text(by, "from") + " " + Formats.text(by, "version"))
                            .strip(),
                    false));
        }
        facts.add(fact(
                "Account and region", Formats.text(report, "account") + ", " + Formats.text(report, "region"), false));
        facts.add(fact("Plan", Formats.text(report, "plan"), false));
        facts.add(fact("Fingerprint of the plan", Formats.text(report, "fingerprint"), true));
        report.path("parameters")
                .properties()
                .forEach(one -> facts.add(
                        fact("Parameter " + one.getKey(), one.getValue().asText(), false)));
        var options = OptionWords.of(report);
        if (!options.isEmpty()) {
            facts.add(fact("Options", options, true));
        }
        var limits = OptionWords.limits(report);
        if (!limits.isEmpty()) {
            facts.add(fact("Limits", limits, false));
        }
        facts.add(fact("Start of the run", Formats.time(Instant.parse(Formats.text(report, "startedAt"))), false));
        facts.add(fact("End of this execution", Formats.time(Instant.parse(Formats.text(report, "endedAt"))), false));
        if (report.has("error")) {
            facts.add(fact("Error", Formats.text(report, "error"), true));
        }
        var ledger = report.path("ledger");
        if (!ledger.isMissingNode()) {
            facts.add(fact(
                    "Ledger", "entry " + ledger.path("entries").asText() + ", " + Formats.text(ledger, "hash"), true));
        }
        return facts;
    }

    private static Map<String, Object> fact(String name, String value, boolean code) {
        var fact = new LinkedHashMap<String, Object>();
        fact.put("name", name);
        fact.put("value", value);
        fact.put("code", code);
        return fact;
    }
}
