package dev.rekey.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecutionInputTest {
    @Test
    void leavesOutWhatIsNotSaid() {
        assertThat(ExecutionInput.ofPlan(Action.ANALYZE, "s3://b/p.yaml").json())
                .isEqualTo("{\"action\":\"analyze\",\"plan\":\"s3://b/p.yaml\"}");
    }

    @Test
    void holdsEverythingThatIsSaid() {
        var input = ExecutionInput.ofPlan(Action.TEST, "s3://b/p.yaml")
                .of(Optional.of(new TableName("Contacts")))
                .record(Optional.of("c-1"), true)
                .confirmed(new PlanName("promote"));

        assertThat(input.json())
                .isEqualTo("{\"action\":\"test\",\"plan\":\"s3://b/p.yaml\",\"table\":\"Contacts\",\"id\":\"c-1\","
                        + "\"confirm\":\"promote\",\"keep\":true}");
    }

    @Test
    void namesTheRunItWorksOn() {
        var run = new RunId("20260102T030405678Z-0123abcd");

        assertThat(ExecutionInput.ofRun(Action.VERIFY, run).json())
                .isEqualTo("{\"action\":\"verify\",\"run\":\"20260102T030405678Z-0123abcd\"}");
    }

    @Test
    void namesOfExecutionsAreUniqueAndAllowed() {
        var now = Instant.parse("2026-01-02T03:04:05.678Z");
        var random = new Random(1);
        var one = ExecutionName.of(Action.MIGRATE, now, random);
        var other = ExecutionName.of(Action.MIGRATE, now, random);

        assertThat(one).isNotEqualTo(other);
        assertThat(one.value()).matches("migrate-20260102T030405-[0-9a-f]{16}");
    }
}
