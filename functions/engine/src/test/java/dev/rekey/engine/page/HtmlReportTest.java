package dev.rekey.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.log.MappedIds;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page makes of a report. */
final class HtmlReportTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private final ObjectNode report = read("""
            {"format": 1, "run": "%1$s", "task": "%1$s", "plan": "p", "action": "verify", "outcome": "verified",
             "fingerprint": "00", "options": {}, "mode": "copy", "message": "m", "startedAt": "%2$s", "endedAt": "%2$s",
             "tables": {}}""".formatted(RUN, START));
    private List<LedgerEntry> decisions = List.of();
    private final List<Timeline> earlier = List.of();
    private Optional<Analysis> analysis = Optional.empty();

    private static ObjectNode read(String json) {
        return Documents.decode(new ObjectKey("report"), json.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
    }

    private String page() {
        return page(Optional.empty());
    }

    private String page(Optional<List<MappedIds>> ids) {
        var read = Documents.decode(
                new ObjectKey("report"), report.toString().getBytes(StandardCharsets.UTF_8), RunReport.class);
        return HtmlReport.of(new Shown(read, analysis, decisions, earlier, ids));
    }

    private void differences(String... differences) {
        report.set(
                "differences",
                read("{\"all\": [" + String.join(",", differences) + "]}").path("all"));
    }

    private static String altered(String id, String is) {
        return """
                {"verdict": "altered", "table": "A", "record": "{\\"id\\":{\\"S\\":\\"%s\\"}}",
                 "changes": [{"path": "city", "before": "S", "after": "%s"}]}""".formatted(id, is);
    }

    @Test
    void createdRecordsAreAPartOfTheirTable() {
        report.put("outcome", "migrated").putObject("counts").put("read", 7);
        report.putObject("tables")
                .putObject("A")
                .put("level", 1)
                .put("source", "s")
                .put("target", "t")
                .putObject("counts");
        report.withObject("tables")
                .putObject("A~created")
                .put("level", 1)
                .put("source", "s")
                .put("target", "t")
                .putObject("counts");
        assertThat(page()).contains("7 records in 1 table<");
    }

    @Test
    void recordsWithTheSameDifferenceShareARow() {
        differences(altered("a1", "N"), altered("a2", "absent"), altered("a3", "N"));
        assertThat(page())
                .contains(
                        "<td class=\"n\" data-heading=\"records\">2</td><td class=\"long\"><code>id a1</code><details><summary>1 more, with the same"
                                + " difference</summary><ul class=\"examples\"><li><code>id a3</code></li></ul></details></td>")
                .contains("<td class=\"n\" data-heading=\"records\">1</td><td class=\"long\"><code>id a2</code></td>");
    }

    @Test
    void whatWasExpectedIsGreenAndWhatWasFoundIsRed() {
        differences(altered("a1", "absent"), altered("a2", "S"));
        assertThat(page())
                .contains("<code>city</code> <span class=\"should\"><b>expected</b> <code>S</code></span>"
                        + " <span class=\"is\"><b>found</b> <code>absent</code></span>")
                .contains("<code>city</code> <span class=\"note\">S, another value</span>")
                .contains(".should{color:var(--good)}.is{color:var(--bad)}");
    }

    @Test
    void theLogTellsDecisionsPausesRetriesAndThrottlingInTheirOrder() {
        decisions = List.of(
                entry(
                        0,
                        Optional.of(RUN),
                        new Decision.Started(
                                "verify", "arn", new PlanName("p"), new Fingerprint("00"), Map.of(), "x", 1)),
                entry(1, Optional.empty(), new Decision.Paused(START)),
                entry(60, Optional.empty(), new Decision.Unpaused(START)),
                entry(
                        90,
                        Optional.of(new RunId("20260102T030405678Z-00000000")),
                        new Decision.LevelVerified(1, 2, Map.of(new TableName("A"), Map.of()))));
        report.set(
                "timelines", read("""
                        {"all": [{"stage": "verify", "level": 1, "begunAt": "%s", "endedAt": "%s", "bucketMillis": 1000,
                         "rate": [], "tables": [{"table": "A", "begunAt": "%1$s", "endedAt": "%2$s", "records": 1200,
                         "segments": 4, "invocations": 5, "retries": 1, "throttled": 3}]}]}""".formatted(START, START.plusSeconds(80))).path("all"));
        assertThat(log(page()))
                .containsExactly(
                        "2026-01-02 03:04:05.678 | execution | this execution | started: verify of plan p (00), execution arn",
                        "2026-01-02 03:04:06.678 | pause | a command | paused at 2026-01-02T03:04:05.678Z",
                        "2026-01-02 03:05:05.678 | pause | a command | unpaused, after a pause since 2026-01-02T03:04:05.678Z",
                        "2026-01-02 03:05:25.678 | throttling | workers | compare, level 1: 1,200 records in 1 min 20 s, 1 retry,"
                                + " tables refused requests at 3 of 4 segments",
                        "2026-01-02 03:05:35.678 | failure | execution 20260102T030405678Z-00000000 | level 1 verified, 2"
                                + " failures");
    }

    @Test
    void forecastAndMeasuredValuesAreThoseOfTheSegments() {
        report.put("outcome", "migrated");
        report.set("survey", read("""
                {"census": [], "references": [], "undeclared": [], "forecast": {"tables": [], "seconds": 0, "limitedBy": "",
                 "price": {"region": "r", "pricesOf": "2026-01-02"}, "assumptions": [], "readUnits": 110, "preparationReadUnits": 10, "writeUnits": 50, "invocations": 24,
                 "objectWrites": 130, "objectReads": 90, "stateTransitions": 70,
                 "ofSegments": {"invocations": 4, "objectWrites": 100, "objectReads": 80}}}"""));
        report.set("timelines", read("""
                        {"all": [{"stage": "copy", "level": 1, "begunAt": "%1$s", "endedAt": "%1$s", "bucketMillis": 1,
                         "rate": [], "tables": [{"table": "A", "begunAt": "%1$s", "endedAt": "%1$s", "records": 1,
                         "invocations": 5, "readUnits": 100, "writeUnits": 51, "objectReads": 60, "objectWrites": 100}]}]}""".formatted(START)).path("all"));
        var page = page();
        assertThat(rows(page, "forecast"))
                .contains(
                        "read units | 100 | 100 | none",
                        "write units, with indexes | 50 | 51 | +2.0 %",
                        "invocations of functions | 4 | 5 | +25.0 %",
                        "S3 requests that write or list | 100 | 100 | none",
                        "S3 requests that read | 80 | 60 | -25.0 %",
                        "state transitions | 70 | – | ");
        assertThat(page)
                .contains("forecast to take 20 invocations, 30 S3 requests that write or list, 10 S3 requests that"
                        + " read, and 10 read units");
    }

    private static LedgerEntry entry(int second, Optional<RunId> task, Decision decision) {
        return new LedgerEntry(1, RUN, second + 1, "", START.plusSeconds(second), task, Optional.empty(), decision);
    }

    private static List<String> log(String page) {
        return rows(page, "log");
    }

    private static List<String> rows(String page, String id) {
        var section = page.substring(page.indexOf("<section id=\"" + id + "\""));
        return Pattern.compile("<tr>.*<td.*</tr>")
                .matcher(section.substring(0, section.indexOf("</section>")))
                .results()
                .map(row -> row.group().replaceAll("</t[dh]><td[^>]*>", " | ").replaceAll("<[^>]*>", ""))
                .toList();
    }

    @Test
    void onlyTheScriptOfThePageMayRun() throws NoSuchAlgorithmException {
        var page = page();
        assertThat(page).containsOnlyOnce("<script>");
        var script = page.substring(page.indexOf("<script>") + 8, page.indexOf("</script>"));
        var hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertThat(page)
                .contains("content=\"default-src 'none'; script-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'; ");
    }

    @Test
    void charactersThatNobodySeesAreShown() {
        differences(altered("a\u202e\\\\nb", "N"));
        report.put("message", "Cannot copy \u0007 <b>.");
        assertThat(page())
                .contains("<code>id a‹U+202E›‹U+000A›b</code>", "Cannot copy ‹U+0007› &lt;b&gt;.")
                .doesNotContain("\u202e", "\u0007");
    }

    @Test
    void linksLeadToWhatTheCommandSavesBesideThePage() {
        report.put("outcome", "analyzed").put("verdict", "not ready");
        analysis = Optional.of(
                Documents.decode(new ObjectKey("analysis"), """
                {"format": 1, "verdict": "not ready", "blockers": [
                 {"id": "reference.orphan", "table": "A", "path": "b", "count": 3, "message": "m", "hint": "h",
                  "all": "runs/r/findings/all/reference.orphan/"}],
                 "warnings": [], "orphans": [], "survey": {"census": [], "references": [], "undeclared": [], "forecast": {
                  "tables": [], "limitedBy": "", "ofSegments": {}, "assumptions": [],
                  "price": {"region": "r", "pricesOf": "2026-01-02"}}}}""".getBytes(StandardCharsets.UTF_8), Analysis.class));
        differences(altered("a1", "N"));
        report.putArray("differenceFiles").add("runs/r/reports/verified-differences-2.jsonl.gz");
        assertThat(page())
                .contains(
                        "<a href=\"findings/reference.orphan.jsonl\">",
                        "<a href=\"verified-differences-2.jsonl\">",
                        "<code>rekey report --run " + RUN + " --all</code>");
    }

    @Test
    void findingsOfOneKindShareACardWithTheirHint() {
        report.put("outcome", "analyzed").put("verdict", "not ready");
        report.set("problems", read("""
                        {"all": [
                         {"severity": "ERROR", "id": "reference.undeclared", "path": "tables.A.references.b", "message": "m1", "hint": "Declare it."},
                         {"severity": "ERROR", "id": "reference.undeclared", "path": "tables.C.key.d", "message": "m2", "hint": "Name it."},
                         {"severity": "ERROR", "id": "reference.undeclared", "path": "tables.C.references.e", "message": "m3", "hint": "Declare it."}]}""").path("all"));
        assertThat(page())
                .containsOnlyOnce("<article")
                .containsOnlyOnce("Declare it.")
                .contains(
                        "<span class=\"path\">3 places</span>",
                        "<tr data-table=\"A\"><th scope=\"row\">A</th><td><code>references.b</code></td><td class=\"long wide\">m1</td></tr>",
                        "<td><code>key.d</code></td><td class=\"long wide\">m2<div class=\"note\">Name it.</div></td></tr>");
    }

    @Test
    void aLongListOfTablesIsClosedAndItsSumsAreNot() {
        report.put("outcome", "migrated");
        var tables = report.withObject("tables");
        for (int i = 0; i < 21; i++) {
            assertThat(page()).doesNotContain("<details><summary>" + i + " table");
            tables.putObject("T" + i)
                    .put("level", 1)
                    .put("source", "s")
                    .put("target", "t")
                    .putObject("counts");
        }
        assertThat(page()).contains("<details><summary>21 tables</summary>");
    }

    @Test
    void idsOfASmallRunAreInThePage() {
        report.put("outcome", "migrated");
        var ids = List.of(
                new MappedIds("A", "=1+1", "", "n1", "", "created"),
                new MappedIds("B", "b", "7", "n2", "7", "identical"));
        assertThat(page(Optional.of(ids)))
                .contains("<code>=1+1</code>", "<code>n2 · 7</code>")
                .contains(Base64.getEncoder()
                        .encodeToString((MappedIds.heading() + "\"A\",\"'=1+1\",,\"n1\",,created\r\n"
                                        + "\"B\",\"b\",\"7\",\"n2\",\"7\",identical\r\n")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(page()).contains("are written by").doesNotContain("data:text/csv");
    }

    @Test
    void countsNameTheirColumnForScreensWithoutColumns() {
        report.set("tables", read("""
                        {"A": {"level": 1, "source": "s", "target": "t", "counts": {"matched": 3}},
                         "B": {"level": 1, "source": "s", "target": "t", "counts": {}}}"""));
        assertThat(page())
                .contains("<td class=\"n\" data-heading=\"matched\">3</td>")
                .contains("<td class=\"n zero\" data-heading=\"matched\">0</td>");
    }

    /** As WCAG 2.2 asks for: 4.5:1 for texts, 3:1 for bars. */
    @ParameterizedTest
    @ValueSource(
            strings = {":root{color-scheme:light dark;", "(prefers-color-scheme:dark){:root{", "@media print{:root{"})
    void coloursHaveEnoughContrast(String theme) {
        var page = page();
        var colours = new HashMap<String, String>();
        var style = page.substring(page.indexOf(theme) + theme.length());
        Pattern.compile("--([\\w-]+):(#[0-9a-f]{3,6})[;}]")
                .matcher(style.substring(0, style.indexOf('}') + 1))
                .results()
                .forEach(one -> colours.put(one.group(1), one.group(2)));
        for (var text : List.of("text", "soft", "accent", "good", "warn", "bad")) {
            assertThat(contrast(colours.get(text), colours.get("card")))
                    .as(text)
                    .isGreaterThan(4.5);
            assertThat(contrast(colours.get(text), colours.get("back")))
                    .as(text)
                    .isGreaterThan(4.5);
        }
        for (var tone : List.of("good", "warn", "bad")) {
            assertThat(contrast(colours.get(tone), colours.get(tone + "-back")))
                    .as(tone)
                    .isGreaterThan(4.5);
        }
        for (var bar : List.of("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "bad")) {
            assertThat(contrast(colours.get(bar), colours.get("card"))).as(bar).isGreaterThan(3);
            assertThat(contrast(colours.get(bar), colours.get("back"))).as(bar).isGreaterThan(3);
        }
    }

    private static double contrast(String one, String other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(String colour) {
        var digits = colour.length() == 4 ? colour.substring(1).replaceAll("[0-9a-f]", "$0$0") : colour.substring(1);
        return 0.2126 * linear(digits.substring(0, 2))
                + 0.7152 * linear(digits.substring(2, 4))
                + 0.0722 * linear(digits.substring(4));
    }

    private static double linear(String hexadecimal) {
        double part = Integer.parseInt(hexadecimal, 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
