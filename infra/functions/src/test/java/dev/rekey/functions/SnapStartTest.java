package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function as it starts where it is deployed with SnapStart: the hooks before the snapshot, the waking up, credentials
 * of the container, and the first invocation.
 */
final class SnapStartTest {
    private static final Pattern HANDLER = Pattern.compile("Handler: dev\\.rekey\\.handlers\\.(\\w+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    /** What all of them understand: work on a run that is not there. */
    private static final String EVENT = """
        {"run": "20260102T030405678Z-e6a2e1d4", "task": "20260102T030405678Z-e6a2e1d4", "epoch": 1,
         "item": {"table": "Contacts", "segment": 0, "level": 1, "index": 0, "side": "source"},
         "action": "migrate", "subject": "data", "ending": "migrated", "token": "token", "table": "Contacts",
         "input": {"action": "resume", "run": "20260102T030405678Z-e6a2e1d4"},
         "name": "x", "startTime": "2026-01-02T03:04:05.678Z",
         "execution": "arn:aws:states:us-east-1:000000000000:execution:rekey-migration:x",
         "detail": {"executionArn": "arn:execution", "name": "x", "status": "SUCCEEDED",
                    "startDate": 1767323045678, "stopDate": 1767323045999, "input": "{}", "output": "{}"}}
        """;

    private final RuntimeApi api = new RuntimeApi();
    private final Services services = new Services();

    SnapStartTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
        services.close();
    }

    /** Every handler that the template names. */
    static List<String> handlers() throws IOException {
        var template = Files.readString(Path.of(System.getProperty("rekey.root"), "infra", "template.yaml"));
        return HANDLER.matcher(template).results().map(one -> one.group(1)).toList();
    }

    @Test
    void theTemplateHasHandlers() throws IOException {
        assertThat(handlers()).doesNotHaveDuplicates().contains("PrepareHandler", "MigrateHandler", "WatchHandler");
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void everyFunctionAnswersItsFirstInvocation(String handler) throws Exception {
        try (var sandbox = new Sandbox(handler, api, services, Sandbox.Start.SNAP_START)) {
            var answer = api.invoke(EVENT, TIMEOUT);

            assertThat(answer)
                    .as(() -> sandbox.log().toString())
                    .satisfiesAnyOf(
                            one -> assertThat(one.kind()).isEqualTo("response"),
                            // Of a run that is not there.
                            one -> assertThat(one.body())
                                    .contains("\"errorType\":\"dev.rekey.engine.store.StoreException\""));
            assertThat(api.restored()).isEqualTo(1);
            // The event is no news, so nobody is told of it.
            if (!handler.equals("NotifyHandler")) {
                assertThat(services.signers()).isNotEmpty();
            }
            assertThat(services.signers()).allMatch(Services.CONTAINER_KEY::equals);
        }
    }
}
