package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.undo.MappedIds;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of one report. */
public final class HtmlReport {
    private static final Template PAGE = Template.of(Template.resource("report.html"));
    private static final String STYLE = Template.resource("report.css");
    private static final String SCRIPT = Template.resource("report.js");
    private static final String SCRIPT_HASH = hash(SCRIPT);

    private final JsonNode report;
    private final Optional<List<MappedIds>> mapping;
    private final Map<String, Object> page = new LinkedHashMap<>();
    private final List<Map<String, Object>> contents = new ArrayList<>();

    private HtmlReport(JsonNode report, Optional<List<MappedIds>> mapping) {
        this.report = report;
        this.mapping = mapping;
    }

    /**
     * The page as HTML.
     *
     * @param report the report's JSON document
     * @param mapping old and new ids, to be put inside the page; empty if there are too many of them
     */
    public static String of(JsonNode report, Optional<List<MappedIds>> mapping) {
        return new HtmlReport(report, mapping).html();
    }

    private String html() {
        page.put("style", STYLE);
        page.put("script", SCRIPT);
        page.put("scriptHash", SCRIPT_HASH);
        page.put("contents", contents);
        new Summary(report).addTo(page);
        page.put("sampled", report.path("survey").path("sampled").asText(""));
        add("failure", "What went wrong", failure());
        add("notes", "Manual steps", notes());
        add("findings", "Findings", new FindingsSection(report).section());
        add("changes", "Changes", new ChangesSection(report).section());
        var verification = new VerificationSection(report);
        add("verification", "Verification", verification.section());
        add("checks", "Checks", new ChecksSection(report).section());
        add("undone", "Rollback compared", new UndoneSection(report).section());
        add("drift", "Drift", DriftSection.sections(report).map(all -> Map.of("lists", all)));
        add("mappings", "Mappings", new MappingsSection(report).section());
        add("merges", "Merges", new MergesSection(report).section());
        add("created", "Created", new CreatedSection(report).section());
        add("drawing", "Drawing", new Drawing(report).section());
        add("tables", "Tables", new TablesSection(report).section());
        add("timeline", "Timeline", new TimelineDrawing(report).section());
        add("log", "Log", new LogSection(report).section());
        add("forecast", "Forecast", new ForecastSection(report).section());
        var survey = new SurveySection(report);
        add("references", "References", survey.references());
        add("rewritten", "Rewritten ids", new RewrittenSection(report).section());
        add("undeclared", "Undeclared ids", survey.undeclared());
        add("census", "Census", survey.census());
        add("digests", "Digests", verification.digests());
        add("mapping", "Ids", new MappingSection(report, mapping).section());
        contents.add(Map.of("id", "facts", "name", "The run"));
        page.put("commands", commands());
        page.put("fetch", "rekey report --run " + Formats.text(report, "run") + " --all");
        return PAGE.fill(page);
    }

    /** As a Content-Security-Policy names a script: no other one runs. */
    private static String hash(String script) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(script));
    }

    private void add(String id, String name, Optional<Map<String, Object>> section) {
        section.ifPresent(filled -> {
            page.put(id, filled);
            contents.add(Map.of("id", id, "name", name));
        });
    }

    private Optional<Map<String, Object>> notes() {
        return Optional.of(Formats.texts(report.path("notes")))
                .filter(notes -> !notes.isEmpty())
                .map(notes -> Map.of("items", notes));
    }

    private Optional<Map<String, Object>> failure() {
        var failure = report.path("failure");
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        var segment = failure.path("segment");
        var where = Formats.text(failure, "table")
                + (segment.isEmpty()
                        ? ""
                        : ", segment %d of %d"
                                .formatted(
                                        segment.path("index").asInt() + 1,
                                        segment.path("of").asInt()));
        return Optional.of(
                Map.of("id", Formats.text(failure, "id"), "where", where, "message", Formats.text(failure, "message")));
    }

    private String commands() {
        var run = Formats.text(report, "run");
        var commands = switch (Formats.text(report, "outcome")) {
            case "migrated", "verified" -> List.of("verify", "rollback");
            case "stopped", "incomplete" -> List.of("resume", "rollback");
            default -> List.<String>of();
        };
        return String.join(
                "\n",
                commands.stream()
                        .map(command -> "rekey %-8s --run %s".formatted(command, run))
                        .toList());
    }
}
