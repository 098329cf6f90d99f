package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.FaultyHttp.Fault;
import dev.rekey.aws.FaultyHttp.Fault.Answer;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Step Functions answers to a token, and what that means. */
final class StepFunctionsTokensTest {
    private static final TaskToken TOKEN = new TaskToken("the token");
    private static final Answer DONE = new Answer(200, "application/x-amz-json-1.0", "{}");

    private final FaultyHttp http = new FaultyHttp();
    private final AwsClients clients = new AwsClients(
            Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"), http);

    @AfterEach
    void close() {
        clients.close();
    }

    private static Answer refusal(int status, String code) {
        return new Answer(
                status, "application/x-amz-json-1.0", "{\"__type\":\"" + code + "\",\"message\":\"injected\"}");
    }

    @Test
    void aWaitingTaskGoesOnWithItsToken() {
        http.next(DONE);
        assertThat(clients.taskTokens().giveBack(TOKEN)).isTrue();
        assertThat(http.lastSent()).contains("\"taskToken\":\"the token\"").contains("\"output\":\"{}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
    void aTaskThatDoesNotWaitAnyMoreIsNoFailure(String code) {
        http.next(refusal(400, code));
        assertThat(clients.taskTokens().giveBack(TOKEN)).isFalse();
    }

    @Test
    void aLostAnswerIsAskedForAgain() {
        http.next(new Fault.NotSent(), refusal(400, "TaskTimedOut"));
        assertThat(clients.taskTokens().giveBack(TOKEN)).isFalse();
        assertThat(http.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"400,AccessDeniedException,DENIED", "400,ThrottlingException,THROTTLED", "500,InternalError,UNAVAILABLE"
    })
    void whatIsNoAnswerIsSaid(int status, String code, Kind kind) {
        var answer = refusal(status, code);
        http.next(answer, answer, answer, answer);
        assertThatThrownBy(() -> clients.taskTokens().giveBack(TOKEN))
                .isInstanceOfSatisfying(StoreException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure)
                            .hasMessageContaining("Cannot wake a paused task")
                            .hasMessageNotContaining("the token");
                });
    }
}
