package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import java.nio.file.Path;
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
    void aRunThatHasNotEndedHasNone() {
        assertThat(shell.run("report", "--run", RUN.value())).isEqualTo(2);
        assertThat(shell.err()).contains("none of its executions has ended yet. Nothing was saved.");
    }
}
