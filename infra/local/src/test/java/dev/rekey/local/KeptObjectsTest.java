package dev.rekey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.local.StackException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptObjectsTest {
    private static final String WHOLE = "{\"key\": \"%s\", \"dataPath\": \"/elsewhere/binaryData\"}";

    @TempDir
    Path data;

    @BeforeEach
    void oneObject() throws IOException {
        object("1", WHOLE.formatted("a/1"));
    }

    @Test
    void whatIsWantedIsRead() throws IOException {
        object("2", WHOLE.formatted("b/2"));
        assertThat(kept()).containsOnlyKeys("a/1");
        assertThat(kept().get("a/1")).asString(StandardCharsets.UTF_8).isEqualTo("content");
    }

    @Test
    void whatAKillCutOffIsMissing() throws IOException {
        object("2", "{\"key\": \"a/2\", \"dataPa");
        object("3", "");
        object("4", WHOLE.formatted("a/4"));
        Files.delete(folder("4").resolve("binaryData"));
        assertThat(kept()).containsOnlyKeys("a/1");
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        Path content = folder("1").resolve("binaryData");
        Files.delete(content);
        Files.createDirectory(content);
        assertThatThrownBy(this::kept)
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DATA_NOT_READABLE))
                .hasMessageStartingWith("Cannot read " + data);
    }

    private Map<String, byte[]> kept() {
        return Stack.keptObjects(data, "rekey", key -> key.startsWith("a/"));
    }

    private void object(String name, String description) throws IOException {
        Files.createDirectories(folder(name));
        Files.writeString(folder(name).resolve("objectMetadata.json"), description);
        Files.writeString(folder(name).resolve("binaryData"), "content");
    }

    private Path folder(String name) {
        return DataDirectory.objects(data).resolve("rekey").resolve(name);
    }
}
