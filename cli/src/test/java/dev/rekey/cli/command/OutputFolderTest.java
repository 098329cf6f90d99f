package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports beside the plan, without asking for them. */
final class OutputFolderTest {
    private static final String RUN = "20260102T030405678Z-0123abcd";
    private static final String REPORT = "{\"outcome\":\"analyzed\"}";

    private final Path directory;
    private final Shell shell;

    OutputFolderTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = new Shell(directory);
    }

    @BeforeEach
    void analyzed() {
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production" }
            identity: { rule: derive, namespace: promoted }
            tables: { Contacts: {} }
            """);
        var name = "runs/" + RUN + "/reports/analyzed";
        shell.stack.put(name + ".json", REPORT);
        shell.stack.put(name + ".html", "<html>");
        shell.stack.willEnd(new State.Succeeded(
                "{\"run\":\"" + RUN + "\",\"message\":\"It fits.\",\"report\":\"s3://bucket/" + name + ".json\"}"));
    }

    private void assertSaved(Path folder) {
        assertThat(folder.resolve("analyzed.html")).hasContent("<html>");
        assertThat(folder.resolve("analyzed.json")).hasContent(REPORT);
    }

    @Test
    void theFolderIsTheOneThatIsAskedFor() {
        assertThat(shell.run("analyze", "plan.yaml", "--output", "out")).isZero();
        assertSaved(directory.resolve("out"));
        assertThat(shell.out()).contains("saved         " + directory.resolve("out/analyzed.html"));
    }

    @Test
    void withALocalStackReportsAreSavedBesideItsData() {
        assertThat(shell.run("analyze", "plan.yaml", "--local", "--json")).isZero();
        var folder = directory.resolve(".rekey/reports").resolve(RUN);
        assertSaved(folder);
        assertThat(shell.json().at("/saved/page").asText())
                .isEqualTo(folder.resolve("analyzed.html").toString());
    }

    @Test
    void onAwsTheyStayInTheBucket() {
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.out()).doesNotContain("saved ");
        assertThat(directory.resolve(".rekey")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeSavedFailsNothing() throws IOException {
        Files.writeString(directory.resolve("out"), "a file");
        assertThat(shell.run("analyze", "plan.yaml", "--output", "out")).isZero();
        assertThat(shell.err()).contains("Cannot save", "The reports are in the bucket.");
    }
}
