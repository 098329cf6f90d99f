package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rekey.engine.store.ExecutionState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of a service that does not answer. What it answers is tried with the local stack. */
final class SfnExecutionsTest {
    private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:rekey:one";

    @Test
    void withoutAnAnswerNothingIsKnownAndNothingIsThrown() {
        var environment = Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:1");
        try (var clients = new AwsClients(environment)) {
            var executions = clients.executions();
            assertThat(executions.of(EXECUTION)).isInstanceOf(ExecutionState.Unknown.class);
            assertThat(executions.ofMapRuns(EXECUTION)).isInstanceOf(ExecutionState.Unknown.class);
            assertThatCode(() -> executions.stop(EXECUTION, "a test")).doesNotThrowAnyException();
        }
    }
}
