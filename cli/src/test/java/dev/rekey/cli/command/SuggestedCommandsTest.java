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
                        + " --local --data $here --drift overwrite");
        assertThat(said(message, "migrate", "--local"))
                .contains(RUN + " --local or ")
                .contains(RUN + " --local --drift");
    }

    @Test
    void whatNamesItsPlaceOrNoRunStays() {
        var message = "See rekey runs, or rekey status --run " + RUN + " --local.";
        assertThat(said(message, "--local"))
                .isEqualTo("See rekey runs --local\nor rekey status --run " + RUN + " --local");
        assertThat(said("rekey status --run " + RUN, "migrate")).isEqualTo("rekey status --run " + RUN);
    }

    @Test
    void commandsOfAPlanLeadToTheSameStack() {
        assertThat(said("Start one with: rekey analyze PLAN.", "status", "--local"))
                .isEqualTo("Start one with: rekey analyze PLAN --local");
        assertThat(said("rekey test plans/a.plan.yaml --table TABLE", "init", "--local", "--data", "d"))
                .isEqualTo("rekey test plans/a.plan.yaml --local --data d --table TABLE");
        assertThat(said("rekey migrate plan.yaml --local", "init", "--local"))
                .isEqualTo("rekey migrate plan.yaml --local");
        assertThat(said("Find it with 'rekey runs'.", "status", "--local"))
                .isEqualTo("Find it with 'rekey runs --local'.");
    }

    @Test
    void commandsLeadToTheSameStackOnAws() {
        var place = " --profile prod --region eu-west-1 --stack 'my stack'";
        var message = "See: rekey status --run " + RUN + ".";
        assertThat(said(message, "resume", "--stack", "my stack", "--region=eu-west-1", "--profile", "prod"))
                .isEqualTo("See: rekey status --run " + RUN + place);
        assertThat(said("See: rekey status --run " + RUN + " --stack a.", "resume", "--stack", "b"))
                .isEqualTo("See: rekey status --run " + RUN + " --stack a");
        assertThat(said("Start it: rekey up.", "resume", "--stack", "b")).isEqualTo("Start it: rekey up");
    }

    @Test
    void sentencesOfADocumentNameThePlaceToo() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("message", "Run: rekey resume --run " + RUN + ".")
                .put("run", RUN);
        var said = SuggestedCommands.by(List.of("migrate", "--local", "--json")).in(document);
        assertThat(said.path("message").asText()).isEqualTo("Run: rekey resume --run " + RUN + " --local");
        assertThat(said.path("run").asText()).isEqualTo(RUN);
    }

    /** Whoever marks the word after the last blank pastes nothing but the command. */
    @Test
    void nothingIsPastedWithACommand() {
        assertThat(said("Nothing was started. List the runs with: rekey runs.")).endsWith("with: rekey runs");
        assertThat(said("Wait for its end: rekey status --run " + RUN + " --watch. To end it now: rekey stop --run "
                        + RUN + ". Once nobody works on it: rekey resume --run " + RUN + ", or: rekey rollback --run "
                        + RUN + "."))
                .isEqualTo("Wait for its end: rekey status --run " + RUN + " --watch\nTo end it now: rekey stop --run "
                        + RUN + "\nOnce nobody works on it: rekey resume --run " + RUN + "\nor: rekey rollback --run "
                        + RUN);
        assertThat(said("Analysis: none. It would tell: rekey analyze my.plan.yaml."))
                .endsWith("my.plan.yaml");
        assertThat(said("Start it: rekey up --data ./.rekey. Then go on."))
                .isEqualTo("Start it: rekey up --data ./.rekey\nThen go on.");
        assertThat(said("Run rekey rollback --run r --where a=1.5 --table T. It ends."))
                .isEqualTo("Run rekey rollback --run r --where a=1.5 --table T\nIt ends.");
        var stays =
                "Find it with 'rekey runs'. Cannot run rekey rollback: neither was given. Use rekey tables with care.";
        assertThat(said(stays)).isEqualTo(stays);
    }
}
