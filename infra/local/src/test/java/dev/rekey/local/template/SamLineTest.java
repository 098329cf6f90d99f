package dev.rekey.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the documents give to SAM. */
final class SamLineTest {
    private static final Template TEMPLATE = Template.read();

    /**
     * SAM reads KEY=VALUE by a regular expression, in which a blank ends a value and an empty one is none, and passes over what
     * does not match.
     */
    @Test
    void everyParameterOfASamCommandIsReadAsItIsMeant() throws IOException {
        try (var documents = Files.walk(Template.repository().resolve("docs"))) {
            var given = documents
                    .filter(path -> path.toString().endsWith(".md"))
                    .flatMap(path -> SamLine.of(text(path)))
                    .toList();
            assertThat(given).hasSizeGreaterThan(2);
            assertThat(given).allSatisfy(line -> {
                assertThat(line.parameters().keySet())
                        .as(line.text())
                        .isSubsetOf(TEMPLATE.parameters().keySet());
                assertThat(line.misread()).as(line.text()).isEmpty();
            });
        }
        assertThat(SamLine.of(
                                "$ sam deploy --parameter-overrides InPlaceTableArns= 'NightlySchedule=cron(0 3 * * ? *)'")
                        .findFirst()
                        .orElseThrow()
                        .misread())
                .hasSize(2);
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
