package dev.rekey.engine.page;

import dev.rekey.core.item.Sha256;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Failure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of one report. */
final class HtmlReport {
    private static final PageTemplate PAGE = new PageTemplate(PageTemplate.resource("report.html"));
    private static final String STYLE = PageTemplate.style();
    private static final String SCRIPT = PageTemplate.resource("report.js");
    private static final String SCRIPT_HASH = hash(SCRIPT);

    private final Shown shown;
    private final RunReport report;
    private final Map<String, Object> page = new LinkedHashMap<>();
    private final List<Link> contents = new ArrayList<>();

    private HtmlReport(Shown shown) {
        this.shown = shown;
        this.report = shown.report();
    }

    /** A link in the contents. */
    private record Link(String id, String name) {}

    /** The page as HTML. */
    static String of(Shown shown) {
        return new HtmlReport(shown).html();
    }

    private String html() {
        page.put("style", STYLE);
        page.put("script", SCRIPT);
        page.put("scriptHash", SCRIPT_HASH);
        page.put("contents", contents);
        new Summary(shown).addTo(page);
        page.put("sampled", shown.survey().flatMap(Survey::sampled));
        add("failure", "What went wrong", report.ending().failure().map(HtmlReport::failure));
        add("notes", "Manual steps", list("items", report.subject().basis().notes()));
        add("findings", "Findings", new FindingsSection(shown).section());
        add(
                "changes",
                "Changes",
                report.work().changes().map(changes -> new ChangesSection(report, changes).section()));
        var verification = new VerificationSection(report);
        add("verification", "Verification", verification.section());
        add("checks", "Checks", ChecksSection.of(shown));
        add("undone", "Rollback compared", report.verified().undone().map(UndoneSection::of));
        add("drift", "Drift", list("lists", DriftSection.of(report.others())));
        add("mappings", "Mappings", MappingsSection.of(report));
        addRecords();
        add("drawing", "Drawing", new Drawing(shown).section());
        add("tables", "Tables", new TablesSection(report).section());
        var timeline = new TimelineDrawing(shown);
        add("timeline", "Timeline", timeline.section());
        add("log", "Log", list("rows", new LogSection(shown, timeline).rows()));
        add("forecast", "Forecast", shown.survey().map(survey -> new ForecastSection(report, survey).section()));
        addCounted();
        add("digests", "Digests", verification.digests());
        add("mapping", "Ids", MappingSection.of(shown));
        contents.add(new Link("facts", "The run"));
        page.put("commands", commands());
        page.put("fetch", "rekey report --run " + report.subject().run() + " --all");
        return PAGE.fill(page);
    }

    private void addRecords() {
        var frozen = report.work().frozen();
        add(
                "merges",
                "Merges",
                list("families", frozen.merges().stream().map(FrozenRows::of).toList()));
        add(
                "created",
                "Created",
                list("tables", frozen.created().stream().map(FrozenRows::of).toList()));
    }

    private void addCounted() {
        var survey = new SurveySection(shown);
        add("references", "References", survey.references());
        var rewritten = report.work().rewritten();
        add(
                "rewritten",
                "Rewritten ids",
                list("rows", rewritten)
                        .map(section -> Map.of(
                                "summary",
                                Wording.count(rewritten.size(), "reference"),
                                "rows",
                                rewritten,
                                "total",
                                rewritten.stream()
                                        .mapToLong(RunReport.RewrittenReference::values)
                                        .sum())));
        add("undeclared", "Undeclared ids", survey.undeclared());
        add("census", "Census", survey.census());
    }

    /** As a Content-Security-Policy names a script: no other one runs. */
    private static String hash(String script) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(script));
    }

    private void add(String id, String name, Optional<?> section) {
        section.ifPresent(filled -> {
            page.put(id, filled);
            contents.add(new Link(id, name));
        });
    }

    /** A section that is a list; there is none without an element. */
    private static Optional<Map<String, List<?>>> list(String name, List<?> elements) {
        return elements.isEmpty() ? Optional.empty() : Optional.of(Map.of(name, elements));
    }

    private static Map<String, Object> failure(Failure failure) {
        var where = failure.table().map(Object::toString).orElse("")
                + failure.segment()
                        .map(segment -> ", segment %d of %d".formatted(segment.index() + 1, segment.of()))
                        .orElse("");
        return Map.of("id", failure.id(), "where", where, "message", failure.message());
    }

    private String commands() {
        var commands = switch (report.outcome()) {
            case MIGRATED, VERIFIED -> List.of("verify", "rollback");
            case STOPPED, INCOMPLETE -> List.of("resume", "rollback");
            case ANALYZED, REFUSED, TESTED, ROLLED_BACK -> List.<String>of();
        };
        return commands.stream()
                .map(command -> "rekey %-8s --run %s"
                        .formatted(command, report.subject().run()))
                .collect(Collectors.joining("\n"));
    }
}
