package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProcessTest {
    private static final Path STORES = Path.of(System.getProperty("rekey.stores"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    @Test
    void aStoreThatCannotStartIsQuoted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                StoreProcess store = StoreProcess.launch(
                        StoreProgram.dynamoDbLocal(place(STORES), taken.getLocalPort(), Optional.empty()), JAVA)) {
            assertThatThrownBy(() -> store.awaitPort(Duration.ofSeconds(60)))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageStartingWith("Cannot start DynamoDB Local: its process ended with code 1.")
                    .hasMessageContaining("Failed to bind to /127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aStoreThatFailsInAWayNobodyForesawEndsAtOnce() throws Exception {
        var program = StoreProgram.dynamoDbLocal(place(STORES), 0, Optional.empty());
        var arguments = new ArrayList<>(program.arguments());
        arguments.set(0, "no port");
        try (StoreProcess store = StoreProcess.launch(program.with(List.of(), arguments), JAVA)) {
            assertThatThrownBy(() -> store.awaitPort(Duration.ofSeconds(60)))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageStartingWith("Cannot start DynamoDB Local: its process ended with code 1.")
                    .hasMessageContaining("NumberFormatException: For input string: \"no port\"");
        }
    }

    @Test
    void missingLibrariesAreNamedWithTheCommandThatBringsThem() {
        assertThatThrownBy(() -> StoreProcess.launch(StoreProgram.s3Mock(place(folder), 0, folder, "bucket"), JAVA))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("the folder does not exist: " + folder)
                .hasMessageContaining("./mvnw -pl infra/stores");
    }

    @Test
    void aMissingJavaIsNamed() {
        assertThatThrownBy(() ->
                        StoreProcess.launch(StoreProgram.dynamoDbLocal(place(STORES), 0, Optional.empty()), folder))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("Check the JDK under " + folder);
    }

    @Test
    void keptClassesThatAreDamagedDoNotKeepAStoreFromStarting() throws Exception {
        for (var program : List.of("s3mock", "above")) {
            Files.createSymbolicLink(folder.resolve(program), STORES.resolve(program));
        }
        var kept = place(folder).kept("s3mock");
        Files.writeString(kept, "no classes of any JVM");
        var program = StoreProgram.s3Mock(place(folder), 0, folder.resolve("data"), "bucket");

        assertThat(program.command(JAVA)).contains("-XX:AOTCache=" + kept);
        try (StoreProcess store = StoreProcess.launch(program, JAVA)) {
            assertThat(store.awaitPort(Duration.ofSeconds(60))).isPositive();
        }
    }

    @Test
    void theBuildHasPreparedTheStores() {
        for (var store : List.of("dynamodb-local", "s3mock")) {
            assertThat(STORES.resolve(store)).isNotEmptyDirectory();
            assertThat(place(STORES).kept(store)).isNotEmptyFile();
        }
    }

    private Workplace place(Path stores) {
        return new Workplace(stores, folder, folder);
    }
}
