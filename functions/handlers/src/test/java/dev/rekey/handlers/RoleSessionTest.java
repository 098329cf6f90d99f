package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoleSessionTest {
    private static final String RUN = RunId.of(Instant.EPOCH, "n").value();

    @Test
    void aSessionNamesFunctionAndRun() {
        var input = JsonNodeFactory.instance.objectNode().put("run", RUN);
        assertThat(RoleSession.name("rekey-migrate", input)).isEqualTo("rekey-migrate-" + RUN);
    }

    @Test
    void aPreparationNamesTheRunThatItMakesOrWorksOn() {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("startTime", Instant.EPOCH.toString()).put("name", "n").putObject("input");
        assertThat(RoleSession.name("rekey-prepare", input)).isEqualTo("rekey-prepare-" + RUN);
        input.putObject("input").put("run", "another");
        assertThat(RoleSession.name("rekey-prepare", input)).isEqualTo("rekey-prepare-another");
    }

    /** STS takes 2 to 64 characters of few kinds; the longest prefix of a stack has 24. */
    @Test
    void aNameIsOneThatStsTakes() {
        var input = JsonNodeFactory.instance.objectNode().put("run", RUN);
        var longest = RoleSession.name("p".repeat(24) + "-rollback", input);
        assertThat(longest).endsWith(RUN).matches("[\\w+=,.@-]{2,64}");
        assertThat(RoleSession.name("f", input.put("run", "a b/".repeat(40)))).matches("[\\w+=,.@-]{2,64}");
    }
}
