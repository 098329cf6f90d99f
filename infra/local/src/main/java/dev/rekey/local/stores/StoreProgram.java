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
 * @param libraries folders of jars whose classes the JVM can keep from one start to the next; the build fills them, and the
 *     program cannot run without
 * @param other a jar whose classes it cannot keep
 * @param log where its output goes; an older one is replaced
 */
public record StoreProgram(
        String name,
        List<String> jvmOptions,
        List<Path> libraries,
        Optional<Path> other,
        Class<?> main,
        List<String> arguments,
        Path log) {

    public StoreProgram {
        jvmOptions = List.copyOf(jvmOptions);
        libraries = List.copyOf(libraries);
        arguments = List.copyOf(arguments);
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
                Stream.concat(
                                Stream.of(
                                        "-Xmx1g",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        place.temporaryFiles()),
                                place.keptClasses("dynamodb-local"))
                        .toList(),
                List.of(home.resolve("lib"), place.above()),
                Optional.of(home.resolve("itself").resolve("DynamoDBLocal.jar")),
                DynamoDbLocalMain.class,
                arguments,
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
                List.of(libraries, place.above()),
                Optional.empty(),
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
                place.log("s3mock"));
    }

    /** The same program, with more options of its JVM, and with other arguments. */
    public StoreProgram with(List<String> options, List<String> others) {
        return new StoreProgram(
                name,
                Stream.concat(jvmOptions.stream(), options.stream()).toList(),
                libraries,
                other,
                main,
                others,
                log);
    }

    /** The command line that runs it with the JVM under {@code javaHome}. */
    List<String> command(Path javaHome) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(libraries.stream()
                .map(folder -> folder + File.separator + "*")
                .collect(Collectors.joining(File.pathSeparator)));
        command.add("dev.rekey.local.above.Above");
        // Ours comes last: it has no name in common with the store's.
        command.add(other.map(jar -> jar + File.pathSeparator).orElse("") + ours());
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
