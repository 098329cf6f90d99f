package dev.rekey.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page makes of a report. */
final class HtmlReportTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private final ObjectNode report = read("""
            {"run": "%1$s", "task": "%1$s", "plan": "p", "action": "verify", "outcome": "verified", "mode": "copy",
             "message": "m", "startedAt": "%2$s", "endedAt": "%2$s", "tables": {}}""".formatted(RUN, START));

    private static ObjectNode read(String json) {
        return Documents.decode(new ObjectKey("report"), json.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
    }

    private String page() {
        return HtmlReport.of(report, Optional.empty());
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
    void recordsWithTheSameDifferenceShareARow() {
        differences(altered("a1", "N"), altered("a2", "absent"), altered("a3", "N"));
        assertThat(page())
                .contains(
                        "<td class=\"n\">2</td><td class=\"long\"><code>id a1</code><details><summary>1 more, with the same"
                                + " difference</summary><ul class=\"examples\"><li><code>id a3</code></li></ul></details></td>")
                .contains("<td class=\"n\">1</td><td class=\"long\"><code>id a2</code></td>");
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
        report.set(
                "log",
                LogSection.decisions(List.of(
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
                                new Decision.LevelVerified(1, 2, Map.of(new TableName("A"), Map.of()))))));
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

    private static LedgerEntry entry(int second, Optional<RunId> task, Decision decision) {
        return new LedgerEntry(1, RUN, second + 1, "", START.plusSeconds(second), task, Optional.empty(), decision);
    }

    private static List<String> log(String page) {
        var section = page.substring(page.indexOf("<section id=\"log\""));
        return Pattern.compile("<tr><td.*</tr>")
                .matcher(section.substring(0, section.indexOf("</section>")))
                .results()
                .map(row -> row.group().replaceAll("</td><td[^>]*>", " | ").replaceAll("<[^>]*>", ""))
                .toList();
    }
}
