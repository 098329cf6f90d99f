package dev.rekey.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.local.http.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LambdaEndpointTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        Functions functions = Functions.none()
                .with("echo", (payload, call) -> payload)
                .with("bad", (payload, call) -> {
                    throw new IllegalArgumentException("no");
                });
        LambdaService lambda = new LambdaService(
                functions,
                new LambdaService.Settings(
                        "us-east-1", "000000000000", Duration.ofSeconds(5), InstantSource.system(), log::add),
                new Random(1));
        server = LoopbackServer.bind(0, log::add);
        server.serve(LambdaService.MOST_BYTES, new LambdaEndpoint(lambda));
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
        assertThat(log).isEmpty();
    }

    @Test
    void anAnswerComesAsItIs() throws Exception {
        HttpResponse<String> answer = invoke("echo", "RequestResponse", "{\"a\":1.50}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"a\":1.50}");
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).isEmpty();
        assertThat(answer.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
    }

    @Test
    void clientsSendAnArnWithItsColonsEscaped() throws Exception {
        String arn = "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aecho";
        assertThat(invoke(arn, "RequestResponse", "[]").body()).isEqualTo("[]");
    }

    @Test
    void aFunctionErrorIsAStatus200WithAHeader() throws Exception {
        HttpResponse<String> answer = invoke("bad", "RequestResponse", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body())
                .startsWith("{\"errorMessage\":\"no\",\"errorType\":\"java.lang.IllegalArgumentException\"");
    }

    @Test
    void aRefusalNamesItsErrorInAHeader() throws Exception {
        HttpResponse<String> answer = invoke("nobody", "RequestResponse", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Amzn-ErrorType")).contains("ResourceNotFoundException");
        assertThat(answer.body())
                .isEqualTo("{\"Type\":\"User\",\"Message\":\"Function not found:"
                        + " arn:aws:lambda:us-east-1:000000000000:function:nobody\"}");
    }

    @Test
    void theOtherInvocationTypes() throws Exception {
        assertThat(invoke("echo", "Event", "{}").statusCode()).isEqualTo(202);
        assertThat(invoke("nobody", "Event", "{}").statusCode()).isEqualTo(404);
        assertThat(invoke("echo", "DryRun", "{}").statusCode()).isEqualTo(204);
        assertThat(invoke("nobody", "DryRun", "{}").statusCode()).isEqualTo(404);
        assertThat(invoke("echo", "Other", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aRequestThatIsTooLongIsReadToItsEndAndRefused() throws Exception {
        String payload = "\"" + "x".repeat(2 * LambdaService.MOST_BYTES) + "\"";
        assertThat(invoke("echo", "RequestResponse", payload).statusCode()).isEqualTo(413);
    }

    @Test
    void otherPathsAreNotServed() throws Exception {
        HttpRequest list = HttpRequest.newBuilder(server.uri().resolve("/2015-03-31/functions"))
                .build();
        assertThat(client.send(list, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> invoke(String function, String type, String payload)
            throws IOException, InterruptedException {
        URI uri = server.uri().resolve("/2015-03-31/functions/" + function + "/invocations");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Amz-Invocation-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(payload))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
