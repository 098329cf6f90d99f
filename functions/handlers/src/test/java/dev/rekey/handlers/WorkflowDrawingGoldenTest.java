package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The drawing in the docs is that of the document. */
final class WorkflowDrawingGoldenTest {
    private static final Path PAGE =
            Path.of(System.getProperty("rekey.root"), "docs", "reference", "workflow-drawing.md");

    @Test
    void theDrawingIsCurrent() throws IOException {
        var drawn = new WorkflowDrawing(new ObjectMapper().readTree(WorkflowDocument.template())).page();
        if (Boolean.getBoolean("drawing.write")) {
            Files.writeString(PAGE, drawn);
        }

        assertThat(PAGE)
                .as("./mvnw -pl functions/handlers -am test -Dtest=WorkflowDrawingGoldenTest -Ddrawing.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false draws it anew")
                .hasContent(drawn);
    }
}
