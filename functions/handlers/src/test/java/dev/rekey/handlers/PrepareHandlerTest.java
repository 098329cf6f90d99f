package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.engine.run.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who starts an execution without the command line may have written. */
final class PrepareHandlerTest {
    private static JsonNode input(String plan) throws Exception {
        return new ObjectMapper().readTree("{\"action\": \"analyze\", \"plan\": " + plan + "}");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "true, true", "'[1, 2]', a list"})
    void whatCannotBeAPlanIsRefusedByName(String plan, String shown) throws Exception {
        assertThat(PrepareHandler.misfit(input(plan)))
                .contains("Cannot analyze: \"plan\" is " + shown + ", which is not a plan. Nothing was read or written."
                        + " Use the plan as text or as an object, or its address starting with s3://.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"s3://bucket/plan.yaml\"", "\"plan: p\"", "{\"plan\": \"p\"}"})
    void whatMayBeOneIsRead(String plan) throws Exception {
        assertThat(PrepareHandler.misfit(input(plan))).isEmpty();
    }

    @Test
    void aRunNeedsNone() throws Exception {
        assertThat(PrepareHandler.misfit(new ObjectMapper().readTree("{\"action\": \"verify\", \"run\": \"r\"}")))
                .isEmpty();
    }

    @Test
    void valuesOfParametersAreTextsWholeNumbersTrueOrFalse() throws Exception {
        var input = parameters("{\"stage\": \"production\", \"from\": 12345678901234567890, \"convert\": true}");
        assertThat(PrepareHandler.misfit(input)).isEmpty();
        assertThat(ParametersOfInput.of(input))
                .isEqualTo(Map.of("stage", "production", "from", "12345678901234567890", "convert", "true"));
        assertThat(ParametersOfInput.of(input("\"p\""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1.5}", "{\"a\": null}", "{\"a\": [1]}", "[1]", "\"a=1\""})
    void otherValuesOfParametersAreRefused(String given) throws Exception {
        assertThat(PrepareHandler.misfit(parameters(given)))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("Cannot analyze: ").contains("\"parameters\""));
    }

    @ParameterizedTest
    @CsvSource({"analyze, true, true", "analyze, 1, false", "migrate, true, false", "validate, true, false"})
    void changesAreListedByAnAnalysisOnly(String action, String changes, boolean fits) throws Exception {
        var input = "{\"action\": \"%s\", \"plan\": \"p\", \"changes\": %s}".formatted(action, changes);
        var misfit = PrepareHandler.misfit(new ObjectMapper().readTree(input));
        assertThat(misfit.isEmpty()).isEqualTo(fits);
        misfit.ifPresent(text -> assertThat(text)
                .isEqualTo("Cannot " + action + ": \"changes\" is " + changes
                        + ". Nothing was read or written. Use true or false, and only with analyze."));
    }

    private static JsonNode parameters(String given) throws Exception {
        return new ObjectMapper().readTree("{\"action\": \"analyze\", \"plan\": \"p\", \"parameters\": " + given + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jane\"", "[1]", "{\"identity\": 1}", "{\"from\": \"a\\nb\"}"})
    void whoStartedItIsAnObjectOfShortTexts(String given) throws Exception {
        assertThat(PrepareHandler.misfit(startedBy(given)))
                .hasValueSatisfying(cause ->
                        assertThat(cause).contains("\"startedBy\" is not valid", "identity, from and version"));
    }

    @Test
    void whoStartedItMayBeSaidInPart() throws Exception {
        var given = startedBy("{\"from\": \"schedule\"}");
        assertThat(PrepareHandler.misfit(given)).isEmpty();
        assertThat(StartedBy.of(given)).contains(new Caller("unknown", "schedule", ""));
    }

    private static JsonNode startedBy(String caller) throws Exception {
        return new ObjectMapper().readTree("{\"action\": \"verify\", \"run\": \"r\", \"startedBy\": " + caller + "}");
    }
}
