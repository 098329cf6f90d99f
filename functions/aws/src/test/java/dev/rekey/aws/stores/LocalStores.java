package dev.rekey.aws.stores;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * DynamoDB Local and S3Mock as processes, started once per JVM on free ports of the loopback interface, with everything
 * in memory or in temporary files. They end with this JVM.
 */
public final class LocalStores {
    public static final String BUCKET = "rekey-test";

    private static final Path FOLDER = Path.of(System.getProperty("rekey.stores"));

    private LocalStores() {}

    /** Variables of an environment in which AWS is these stores. */
    public static Map<String, String> environment() {
        return Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", Started.DYNAMODB.join().toString(),
                "AWS_ENDPOINT_URL_S3", Started.S3.join().toString());
    }

    /** Starts both at the same time when the first test asks. */
    private static final class Started {
        static final CompletableFuture<URI> DYNAMODB = CompletableFuture.supplyAsync(Started::dynamoDbLocal);
        static final CompletableFuture<URI> S3 = CompletableFuture.supplyAsync(Started::s3Mock);

        private static URI dynamoDbLocal() {
            var folder = FOLDER.resolve("dynamodb-local");
            var libraries = folder.resolve("lib");
            var itself = folder.resolve("itself").resolve("DynamoDBLocal.jar");
            return start(
                    List.of("-Dsqlite4java.library.path=" + libraries),
                    libraries + File.separator + "*" + File.pathSeparator + itself,
                    "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                    List.of("-inMemory", "-disableTelemetry"));
        }

        private static URI s3Mock() {
            var folder = FOLDER.resolve("s3mock").resolve("BOOT-INF");
            return start(
                    // Spring never gets warm enough for the optimizing compiler to earn back what it costs.
                    List.of("-XX:TieredStopAtLevel=1"),
                    folder.resolve("lib") + File.separator + "*",
                    "com.adobe.testing.s3mock.S3MockApplication",
                    List.of(
                            "--server.ssl.enabled=false",
                            "--server.shutdown=immediate",
                            "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET));
        }
    }

    private static URI start(List<String> options, String classPath, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        command.addAll(List.of("--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"));
        command.add("-Djava.nio.channels.spi.SelectorProvider=" + LoopbackOnly.class.getName());
        command.addAll(options);
        command.addAll(List.of("-cp", ownClasses() + File.pathSeparator + classPath));
        command.addAll(List.of(UntilParentEnds.class.getName(), mainClass));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var address = URI.create("http://127.0.0.1:" + port(process, mainClass));
            answerOnce(address);
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first request takes long, longer than a client waits when the machine is busy. Any answer will do. */
    private static void answerOnce(URI address) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        var _ = connection.getResponseCode();
        connection.disconnect();
    }

    private static Path ownClasses() {
        try {
            var location =
                    LocalStores.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String port(Process process, String mainClass) throws IOException {
        var output = process.inputReader(StandardCharsets.UTF_8);
        var before = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LoopbackOnly.PORT_LINE)) {
                Thread.ofPlatform().daemon().start(() -> drain(output));
                return line.substring(LoopbackOnly.PORT_LINE.length());
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException(mainClass + " did not start:\n" + before);
    }

    /** Reads on, so that the process never waits for a full pipe. */
    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // Nobody wants to know.
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }
}
