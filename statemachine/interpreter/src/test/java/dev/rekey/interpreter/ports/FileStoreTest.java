package dev.rekey.interpreter.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    Store open() {
        return new FileStore(folder);
    }

    @Test
    void anotherStoreOnTheSameFolderSeesEverything() {
        Store first = open();
        first.append("journal", List.of("one"));
        Store second = open();
        assertThat(second.lines("journal")).containsExactly("one");
        first.close();
        second.close();
    }

    @Test
    void aLineThatACrashCutShortIsLeftOutAndRemovedByTheNextAppend() throws IOException {
        Files.writeString(folder.resolve("journal"), "{\"whole\":1}\n{\"cut\":\"äö");
        Store reopened = open();
        assertThat(reopened.lines("journal")).containsExactly("{\"whole\":1}");
        reopened.append("journal", List.of("{\"next\":2}"));
        assertThat(reopened.lines("journal")).containsExactly("{\"whole\":1}", "{\"next\":2}");
        reopened.close();
    }

    @Test
    void aJournalOfOnlyACutLineIsEmpty() throws IOException {
        Files.writeString(folder.resolve("journal"), "{\"cut", StandardOpenOption.CREATE);
        Store reopened = open();
        assertThat(reopened.lines("journal")).isEmpty();
        reopened.append("journal", List.of("whole"));
        assertThat(reopened.lines("journal")).containsExactly("whole");
        reopened.close();
    }

    @Test
    void aFailureSaysWhatWhereAndWhatToDo() throws IOException {
        Files.writeString(folder.resolve("blocked"), "a file where a folder is needed");
        Store reopened = open();
        assertThatThrownBy(() -> reopened.append("blocked/journal", List.of("x")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot append to '")
                .hasMessageContaining("Make the folder writable");
        reopened.close();
    }
}
