package dev.rekey.functions;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function in Lambda's own runtime, the official interface client, in a process of its own. */
final class Sandbox implements AutoCloseable {
    /** What {@code rekey-functions.jar} holds, as Lambda lays it out in a sandbox. */
    private static final Path TASK = Path.of(System.getProperty("rekey.functions"), "classes");

    private static final List<String> RUNTIME = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-serialization",
            "aws-lambda-java-core",
            "utils-lite");

    private final Process process;
    private final Path log;

    /** How Lambda starts a function: what stands in its environment, and what the JVM is told. */
    enum Start {
        ON_DEMAND("on-demand"),

        /** From a snapshot: hooks run before it and after it, and there are no keys in the environment. */
        SNAP_START("snap-start");

        private final String type;

        Start(String type) {
            this.type = type;
        }

        private List<String> options() {
            return switch (this) {
                case ON_DEMAND -> List.of();
                case SNAP_START -> List.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
            };
        }

        private Map<String, String> credentials(Services services) {
            return switch (this) {
                case ON_DEMAND -> Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
                case SNAP_START ->
                    Map.of(
                            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                            services.url() + Services.CREDENTIALS,
                            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                            Services.TOKEN);
            };
        }
    }

    Sandbox(String handler, RuntimeApi api, Services services, int turnSeconds) {
        this(handler, api, services, turnSeconds, List.of());
    }

    /** With options of the JVM besides Lambda's own. */
    Sandbox(String handler, RuntimeApi api, Services services, int turnSeconds, List<String> options) {
        this(handler, api, services, turnSeconds, options, Start.ON_DEMAND);
    }

    /** Started as {@code start} says. */
    Sandbox(String handler, RuntimeApi api, Services services, Start start) {
        this(handler, api, services, 60, start.options(), start);
    }

    private Sandbox(
            String handler, RuntimeApi api, Services services, int turnSeconds, List<String> options, Start start) {
        try {
            log = Files.createTempFile("sandbox", ".log");
            var entry = "dev.rekey.handlers." + handler;
            var builder = new ProcessBuilder(command(entry, options));
            var environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_"));
            environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
            environment.put("AWS_LAMBDA_FUNCTION_NAME", "rekey-" + handler);
            environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
            environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
            environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", start.type);
            environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
            environment.put("AWS_REGION", "us-east-1");
            environment.putAll(start.credentials(services));
            environment.put("AWS_ENDPOINT_URL", services.url());
            environment.put("LAMBDA_TASK_ROOT", TASK.toString());
            environment.put("_HANDLER", entry);
            environment.put("REKEY_BUCKET", "bucket");
            environment.put("REKEY_TOPIC", "arn:aws:sns:us-east-1:000000000000:rekey-runs");
            environment.put("REKEY_INVOCATION_SECONDS", String.valueOf(turnSeconds));
            environment.put("POWERTOOLS_SERVICE_NAME", "rekey");
            environment.put("POWERTOOLS_METRICS_NAMESPACE", "Rekey");
            environment.put("AWS_EMF_ENVIRONMENT", "Lambda");
            // The interface client looks for the function and its libraries in the folder that it is started in.
            process = builder.directory(TASK.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // Whoever waits for an answer need not wait for one that never comes.
            var _ = process.onExit().thenAccept(ended -> api.ended(ended.exitValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lambda's own flags for a function of this size. */
    private static List<String> command(String entry, List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:MaxHeapSize=445644k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(
                List.of("-cp", classPath(), "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", entry));
        return command;
    }

    /** For how long processors have worked for the process since it started. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runtime's, which is on this test's class path: as in Lambda, what is deployed has a class loader of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> RUNTIME.stream().anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.delete(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
