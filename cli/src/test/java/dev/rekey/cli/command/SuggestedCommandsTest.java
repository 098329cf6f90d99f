package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestedCommandsTest {
    private static final String RUN = "20260102T030405000Z-0a1b2c3d";

    private static String said(String message, String... arguments) {
        return SuggestedCommands.by(List.of(arguments)).in(message);
    }

    @Test
    void commandsLeadToTheSameStack() {
        var message = "Run: rekey resume --run " + RUN + " or rekey rollback --run " + RUN + " --drift overwrite.";
        assertThat(said(message, "migrate", "p.yaml", "--local", "--data", "$here"))
                .isEqualTo("Run: rekey resume --run " + RUN + " --local --data $here or rekey rollback --run " + RUN
                        + " --local --data $here --drift overwrite.");
        assertThat(said(message, "migrate", "--local"))
                .contains(RUN + " --local or ")
                .contains(RUN + " --local --drift");
    }

    @Test
    void whatNamesItsPlaceOrNoRunStays() {
        var message = "See rekey runs, or rekey status --run " + RUN + " --local.";
        assertThat(said(message, "--local")).isEqualTo(message);
        assertThat(said("rekey status --run " + RUN, "migrate")).isEqualTo("rekey status --run " + RUN);
    }

    @Test
    void sentencesOfADocumentNameThePlaceToo() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("message", "Run: rekey resume --run " + RUN + ".")
                .put("run", RUN);
        var said = SuggestedCommands.by(List.of("migrate", "--local", "--json")).in(document);
        assertThat(said.path("message").asText()).isEqualTo("Run: rekey resume --run " + RUN + " --local.");
        assertThat(said.path("run").asText()).isEqualTo(RUN);
    }
}
