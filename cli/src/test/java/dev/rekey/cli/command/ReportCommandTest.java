package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private final Shell shell;
    private final Path directory;

    ReportCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = new Shell(directory);
    }

    @BeforeEach
    void run() {
        new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATED, "arn", 100);
    }

    private void report(String name, String outcome, String endedAt) {
        var prefix = "runs/" + RUN + "/reports/" + name;
        shell.stack.put(prefix + ".html", "<html>" + name);
        shell.stack.put(prefix + ".json", "{\"outcome\":\"" + outcome + "\",\"endedAt\":\"" + endedAt + "\"}");
    }

    @Test
    void everyReportIsSavedAndTheNewestIsOpened() {
        report("verified-x", "verified", "2026-01-02T04:00:00Z");
        report("migrated", "migrated", "2026-01-02T03:05:00Z");
        shell.stack.put("runs/" + RUN + "/reports/analysis.json", "{}");
        var folder = directory.resolve(".rekey/reports/" + RUN);

        assertThat(shell.run("report", "--run", RUN.value(), "--open")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "migrated    " + folder.resolve("migrated.html"),
                        "verified    " + folder.resolve("verified-x.html"));
        assertThat(shell.opened).containsExactly(folder.resolve("verified-x.html"));
        assertThat(folder.resolve("migrated.html")).hasContent("<html>migrated");
        assertThat(folder.resolve("analysis.json")).hasContent("{}");
    }

    @Test
    void commandsOfASavedPageLeadToTheStackThatItIsOf() {
        var prefix = "runs/" + RUN + "/reports/migrated";
        report("migrated", "migrated", "2026-01-02T03:05:00Z");
        shell.stack.put(
                prefix + ".html",
                "<pre>rekey verify   --run %1$s\nrekey rollback --run %1$s</pre><code>rekey report --run %1$s --all</code>"
                        .formatted(RUN));

        assertThat(shell.run("report", "--run", RUN.value(), "--stack", "it's", "--output", "here"))
                .isZero();
        assertThat(directory.resolve("here/migrated.html")).hasContent("""
                        <pre>rekey verify   --run %1$s --stack &#39;it&#39;\\&#39;&#39;s&#39;
                        rekey rollback --run %1$s --stack &#39;it&#39;\\&#39;&#39;s&#39;</pre>\
                        <code>rekey report --run %1$s --stack &#39;it&#39;\\&#39;&#39;s&#39; --all</code>""".formatted(RUN));
    }

    @Test
    void idsAreSavedBesideWhereTheUserSays() {
        report("migrated", "migrated", "2026-01-02T03:05:00Z");

        assertThat(shell.run("report", "--run", RUN.value(), "--ids", "--output", "here", "--json"))
                .isZero();
        assertThat(shell.json().path("ids").asText())
                .isEqualTo(directory.resolve("here/ids.csv").toString());
        assertThat(shell.json().at("/reports/0/outcome").asText()).isEqualTo("migrated");
        assertThat(directory.resolve("here/ids.csv"))
                .content()
                .startsWith("table,old partition key,old sort key,new partition key,new sort key,outcome");
        assertThat(shell.opened).isEmpty();
    }

    @Test
    void allThatThePagesLinkToIsSavedUnpacked() throws IOException {
        report("migrated", "migrated", "2026-01-02T03:05:00Z");
        var run = "runs/" + RUN + "/";
        gzipped(run + "reports/migrated-differences.jsonl.gz", "{\"d\":1}\n");
        gzipped(run + "findings/all/reference.orphan/00000.jsonl.gz", "{\"f\":1}\n");
        gzipped(run + "findings/all/reference.orphan/00001.jsonl.gz", "{\"f\":2}\n");
        gzipped(run + "findings/all/key.ambiguous/00000.jsonl.gz", "{\"f\":3}\n");
        gzipped(run + "changes/Contacts/000000-of-000001-00000000.jsonl.gz", "{\"c\":1}\n");

        assertThat(shell.run("report", "--run", RUN.value(), "--all", "--output", "here", "--json"))
                .isZero();
        var here = directory.resolve("here");
        assertThat(here.resolve("migrated-differences.jsonl")).hasContent("{\"d\":1}");
        assertThat(here.resolve("findings/reference.orphan.jsonl")).hasContent("{\"f\":1}\n{\"f\":2}");
        assertThat(here.resolve("findings/key.ambiguous.jsonl")).hasContent("{\"f\":3}");
        assertThat(here.resolve("changes.jsonl")).hasContent("{\"c\":1}");
        assertThat(here.resolve("ids.csv")).exists();
        assertThat(shell.json().path("lines").valueStream().map(JsonNode::asText))
                .containsExactly(
                        here.resolve("findings/key.ambiguous.jsonl").toString(),
                        here.resolve("findings/reference.orphan.jsonl").toString(),
                        here.resolve("changes.jsonl").toString(),
                        here.resolve("migrated-differences.jsonl").toString());
        assertThat(shell.json().path("exactIds").asText())
                .isEqualTo(here.resolve("ids.jsonl").toString());
    }

    private void gzipped(String key, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        shell.stack.bucket.put(new ObjectKey(key), bytes.toByteArray());
    }

    @Test
    void aRunThatHasNotEndedHasNone() {
        assertThat(shell.run("report", "--run", RUN.value())).isEqualTo(2);
        assertThat(shell.err()).contains("none of its executions has ended yet. Nothing was saved.");
    }
}
