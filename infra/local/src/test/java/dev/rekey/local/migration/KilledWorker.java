package dev.rekey.local.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.local.Ports;
import dev.rekey.local.RunningStores;
import dev.rekey.local.StackOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Another process with the state machine and the functions in it, on stores that run elsewhere. */
final class KilledWorker {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Path data;
    private final RunningStores stores;
    private Process process;
    private AwsClients clients;
    private String stateMachine;

    /** What runs in that process. Ends when it is killed. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            var options = StackOptions.standard(
                            Path.of(arguments[0]),
                            Path.of(System.getProperty("rekey.stores")),
                            Path.of(System.getProperty("java.home")))
                    .with(Ports.free())
                    .with(new RunningStores(URI.create(arguments[1]), URI.create(arguments[2])));
            try (var stack = WholeStack.start(options)) {
                System.out.println(stack.endpoints().stepFunctions());
                System.out.println(stack.endpoints().stateMachineArn());
                Thread.currentThread().join();
            }
        }
    }

    private KilledWorker(Path data, RunningStores stores) {
        this.data = data;
        this.stores = stores;
    }

    static KilledWorker start(Path data, RunningStores stores) throws IOException {
        var worker = new KilledWorker(data, stores);
        worker.startAgain();
        return worker;
    }

    void startAgain() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Drekey.stores=" + System.getProperty("rekey.stores"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        data.toString(),
                        stores.dynamodb().toString(),
                        stores.s3().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var endpoint = lines.readLine();
        stateMachine = lines.readLine();
        clients = new AwsClients(Map.of(
                "AWS_ENDPOINT_URL_SFN", endpoint,
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local"));
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        clients.close();
    }

    /** ARN of the execution that has begun with {@code input}. */
    String begin(JsonNode input) {
        return stepFunctions()
                .startExecution(r -> r.stateMachineArn(stateMachine).input(input.toString()))
                .executionArn();
    }

    DescribeExecutionResponse describe(String execution) {
        return stepFunctions().describeExecution(r -> r.executionArn(execution));
    }

    DescribeExecutionResponse ended(String execution) {
        return endedWithin(execution, LONGEST).orElseThrow();
    }

    Optional<DescribeExecutionResponse> endedWithin(String execution, Duration time) {
        var last = Instant.now().plus(time);
        while (Instant.now().isBefore(last)) {
            var now = describe(execution);
            if (now.status() != ExecutionStatus.RUNNING) {
                return Optional.of(now);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return Optional.empty();
    }

    private SfnClient stepFunctions() {
        return clients.stepFunctions();
    }
}
