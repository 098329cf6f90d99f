package dev.rekey.local.stores;

import dev.rekey.local.child.DynamoDbLocalMain;
import dev.rekey.local.child.S3MockMain;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run as a store.
 *
 * @param name as people know it
 * @param requiredFolders folders that the build fills; the program cannot run without them
 * @param log where its output goes; an older one is replaced
 */
public record StoreProgram(
        String name,
        List<String> jvmOptions,
        List<String> classPath,
        Class<?> main,
        List<String> arguments,
        List<Path> requiredFolders,
        Path log) {

    public StoreProgram {
        jvmOptions = List.copyOf(jvmOptions);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        requiredFolders = List.copyOf(requiredFolders);
    }

    /**
     * DynamoDB Local.
     *
     * @param port 0 for any free port
     * @param data where the tables are kept; in memory when absent
     */
    public static StoreProgram dynamoDbLocal(Workplace place, int port, Optional<Path> data) {
        Path home = place.stores().resolve("dynamodb-local");
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(port), "-disableTelemetry", "-sharedDb"));
        data.ifPresentOrElse(
                folder -> arguments.addAll(List.of("-dbPath", folder.toString())), () -> arguments.add("-inMemory"));
        return new StoreProgram(
                "DynamoDB Local",
                List.of("-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", place.temporaryFiles()),
                List.of(home + File.separator + "*"),
                DynamoDbLocalMain.class,
                arguments,
                List.of(home),
                place.log("dynamodb-local"));
    }

    /**
     * S3Mock.
     *
     * @param port 0 for any free port
     * @param data where buckets and objects lie
     * @param bucket is created if it is not there
     */
    public static StoreProgram s3Mock(Workplace place, int port, Path data, String bucket) {
        Path libraries = place.stores().resolve("s3mock").resolve("BOOT-INF").resolve("lib");
        String properties = "--com.adobe.testing.s3mock.store.";
        return new StoreProgram(
                "S3Mock",
                Stream.concat(
                                Stream.of(
                                        "-Xmx512m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        place.temporaryFiles()),
                                place.keptClasses("s3mock"))
                        .toList(),
                List.of(libraries + File.separator + "*"),
                S3MockMain.class,
                List.of(
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--server.ssl.enabled=false",
                        "--http.port=0",
                        "--spring.main.banner-mode=off",
                        S3MockMain.ROOT + data,
                        properties + "retainFilesOnExit=true",
                        properties + "initialBuckets=" + bucket),
                List.of(libraries),
                place.log("s3mock"));
    }

    /** The command line that runs it with the JVM under {@code javaHome}. */
    List<String> command(Path javaHome) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        // Ours comes last: it has no name in common with the store's.
        command.add(classPath.stream().map(entry -> entry + File.pathSeparator).collect(Collectors.joining()) + ours());
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private String ours() {
        try {
            return Path.of(main.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
