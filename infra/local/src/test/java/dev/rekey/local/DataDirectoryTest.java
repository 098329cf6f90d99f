package dev.rekey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.local.StackException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void oneStackAtATime() throws IOException {
        Path data = folder.resolve("deep/data");
        try (DataDirectory first = DataDirectory.open(data, Durability.ON_DISK).prepare()) {
            assertThat(first.objects()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(data, Durability.IN_MEMORY))
                    .isInstanceOfSatisfying(
                            StackException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(Kind.DATA_IN_USE))
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " is already running one there")
                    .hasMessageContaining(data.toString());
        }
        DataDirectory.open(data, Durability.ON_DISK).close();
    }

    @Test
    void nothingIsLeftOfADirectoryThatNoStackStartedIn() throws IOException {
        DataDirectory.open(folder.resolve("deep/data"), Durability.ON_DISK).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileInTheWayIsReported() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data"), Durability.ON_DISK))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DATA_NOT_WRITABLE))
                .hasMessageContaining("Nothing was started or changed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/data"})
    void aFileInsteadOfADirectoryIsRefusedInOurWords(String name) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path data = folder.resolve(name);
        assertThatThrownBy(() -> Stack.join(data))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DATA_NOT_WRITABLE))
                .hasMessage("Cannot use the data directory " + data + ": " + file + " is a file. Nothing was started or"
                        + " changed. Use the path of a directory; it need not exist.");
    }

    @Test
    void objectsInMemoryAreRemovedAtTheEndOrAtTheNextStart() throws IOException {
        Path left;
        try (DataDirectory data =
                DataDirectory.open(folder, Durability.IN_MEMORY).prepare()) {
            left = data.objects();
            Files.createDirectories(left.resolve("bucket"));
            Files.writeString(left.resolve("bucket/object"), "content");
        }
        assertThat(left).doesNotExist();
        Files.createDirectories(left.resolve("left-by-a-killed-stack"));
        DataDirectory.open(folder, Durability.ON_DISK).prepare().close();
        assertThat(left).doesNotExist();
    }

    @Test
    void objectsOnDiskStay() throws IOException {
        Path object;
        try (DataDirectory data = DataDirectory.open(folder, Durability.ON_DISK).prepare()) {
            object = Files.writeString(data.objects().resolve("object"), "content");
        }
        DataDirectory.open(folder, Durability.ON_DISK).prepare().close();
        assertThat(object).hasContent("content");
    }
}
