package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WatchHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler that is called many times at once in one process, as one machine does it. */
final class ParallelInvocationsTest {
    private static final int AT_ONCE = 50;
    private static final long MORE_BYTES = 4L << 20;

    /** All that a handler asks Lambda for. */
    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> switch (method.getName()) {
                case "getRemainingTimeInMillis" -> 60_000;
                case "getAwsRequestId" -> "request";
                case "getFunctionName" -> "rekey-prepare";
                default -> throw new AssertionError(method.toString());
            });

    private final Services services = new Services();

    ParallelInvocationsTest() throws IOException {}

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void fiftyAtOnceLeakNeitherMemoryNorConnections() throws Exception {
        var handler = new WatchHandler(new Bootstrap(Map.of(
                "REKEY_BUCKET", "bucket",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL", services.url())));
        rounds(handler, 10);
        long before = usedHeap();
        rounds(handler, 20);

        // None was made but to do something at once that could not be done over those that were there.
        assertThat(services.connections()).as("connections ever made").isBetween(1, AT_ONCE);
        assertThat(usedHeap() - before).as("more memory, bytes").isLessThan(MORE_BYTES);
    }

    private static void rounds(WatchHandler handler, int rounds) throws Exception {
        Callable<String> invocation = () -> {
            var answer = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)), answer, CONTEXT);
            return answer.toString(StandardCharsets.UTF_8);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                for (var answer : threads.invokeAll(Collections.nCopies(AT_ONCE, invocation))) {
                    assertThat(answer.get()).isEqualTo("{\"pausedHours\":0,\"reminders\":0}");
                }
            }
        }
    }

    /** After everything is gone that nobody holds. */
    private static long usedHeap() {
        for (var _ : List.of(1, 2, 3)) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
