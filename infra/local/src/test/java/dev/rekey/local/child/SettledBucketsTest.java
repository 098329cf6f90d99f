package dev.rekey.local.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a killed S3Mock can leave, file by file; each is settled twice, because the first time may be cut off too. */
final class SettledBucketsTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path root;

    @Test
    void anObjectIsWhatItsDescriptionSays() throws Exception {
        bucket("rekey");
        object(1, "runs/a", "binaryData.a", 5);
        object(2, "locks/b", "binaryData.b", 0);

        assertThat(settle()).isEmpty();
        assertThat(keys()).containsExactlyInAnyOrder("runs/a", "locks/b");
    }

    @Test
    void aContentThatNoDescriptionNamesWasNeverStored() throws Exception {
        bucket("rekey");
        var overwritten = object(1, "runs/a", "binaryData.a", 5);
        Files.write(overwritten.resolve("binaryData"), new byte[3]);
        Files.write(overwritten.resolve("binaryData.b"), new byte[9]);
        Files.writeString(overwritten.resolve("objectMetadata.json.new"), "{\"key\":");
        var created = Files.createDirectories(folder(2));
        Files.write(created.resolve("binaryData.a"), new byte[3]);
        Files.createDirectories(folder(3));

        assertThat(settle())
                .containsExactly(
                        StoreNote.repaired("What 3 unfinished requests had left in the bucket rekey was removed."));
        assertThat(keys()).containsExactly("runs/a");
        assertThat(created).doesNotExist();
        assertThat(overwritten.toFile().list()).containsExactlyInAnyOrder("binaryData.a", "objectMetadata.json");
        assertThat(settle()).isEmpty();
    }

    @Test
    void aDescriptionWithoutContentIsReportedAndGoes() throws Exception {
        bucket("rekey");
        Files.delete(object(1, "runs/a", "binaryData.a", 5).resolve("binaryData.a"));

        assertThat(settle()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo(StoreNote.Kind.REPAIRED);
            assertThat(note.text()).startsWith("The object runs/a of the bucket rekey had no content");
        });
        assertThat(keys()).isEmpty();
        assertThat(settle()).isEmpty();
    }

    @Test
    void whatIsDamagedIsSetAsideAndReportedAtEveryStart() throws Exception {
        bucket("rekey");
        Files.write(object(1, "runs/torn", "binaryData.a", 5).resolve("binaryData.a"), new byte[4]);
        Files.writeString(object(2, "runs/unknown", "binaryData.a", 5).resolve("objectMetadata.json"), "");
        Files.writeString(object(3, "runs/empty", "binaryData.a", 5).resolve("objectMetadata.json"), "{}");
        object(4, "runs/whole", "binaryData.a", 5);

        for (int start = 0; start < 2; start++) {
            assertThat(settle()).singleElement().satisfies(note -> {
                assertThat(note.kind()).isEqualTo(StoreNote.Kind.UNREADABLE);
                assertThat(note.text()).startsWith("Cannot read 3 objects of the bucket rekey");
            });
            assertThat(keys()).containsExactly("runs/whole");
        }
        assertThat(folder(1).resolveSibling(folder(1).getFileName() + ".unreadable"))
                .isDirectory();
    }

    @Test
    void aBucketIsThereAgainFromItsObjects() throws Exception {
        object(1, "runs/a", "binaryData.a", 5);
        Files.writeString(root.resolve("rekey/bucketMetadata.json"), "");

        assertThat(settle())
                .singleElement()
                .satisfies(note -> assertThat(note.text())
                        .startsWith("The description of the bucket rekey could not be read and was written again"));
        assertThat(keys()).containsExactly("runs/a");
        assertThat(MAPPER.readTree(root.resolve("rekey/bucketMetadata.json").toFile())
                        .get("name")
                        .asString())
                .isEqualTo("rekey");
        assertThat(settle()).isEmpty();
    }

    @Test
    void aBucketThatWasBeingCreatedIsNone() throws Exception {
        Files.createDirectories(root.resolve("rekey/multiparts/some-upload"));
        Files.writeString(root.resolve("rekey/bucketMetadata.json.new"), "{");
        Files.createDirectories(root.resolve("not-ours/either"));

        assertThat(settle()).isEmpty();
        assertThat(root.resolve("rekey")).doesNotExist();
        assertThat(root.resolve("not-ours/either")).exists();
    }

    @Test
    void aVersionThatWasNotStoredIsForgotten() throws Exception {
        bucket("rekey");
        var object = folder(1);
        describe(object, "one-objectMetadata.json", "runs/a", "one-binaryData.a", 5);
        Files.write(object.resolve("one-binaryData.a"), new byte[5]);
        Files.writeString(object.resolve("versions.json"), "{\"id\":\"x\",\"versions\":[\"one\",\"two\"]}");

        assertThat(settle()).hasSize(1);
        assertThat(object.resolve("versions.json")).hasContent("{\"id\":\"x\",\"versions\":[\"one\"]}");
        assertThat(keys()).containsExactly("runs/a");
        assertThat(settle()).isEmpty();
    }

    @Test
    void anObjectOfAnEarlierBuildIsKeptAndCanBeReplacedSafely() throws Exception {
        bucket("rekey");
        var object = object(1, "runs/a", "file:///somewhere/else/entirely/binaryData", 5);

        assertThat(settle()).isEmpty();
        assertThat(keys()).containsExactly("runs/a");
        assertThat(object.toFile().list()).containsExactlyInAnyOrder("binaryData.a", "objectMetadata.json");
        assertThat(settle()).isEmpty();
        assertThat(keys()).containsExactly("runs/a");
    }

    @Test
    void ofTwoFoldersWithOneKeyTheNewerIsTheObject() throws Exception {
        bucket("rekey");
        object(1, "runs/a", "binaryData.a", 5);
        object(2, "runs/a", "binaryData.a", 5);

        assertThat(settle()).extracting(StoreNote::kind).containsExactly(StoreNote.Kind.UNREADABLE);
        assertThat(folder(2)).exists();
        assertThat(folder(1)).doesNotExist();
    }

    private List<StoreNote> settle() throws IOException {
        return SettledBuckets.in(root).notes();
    }

    private List<String> keys() throws IOException {
        return List.copyOf(
                SettledBuckets.in(root).objects(root.resolve("rekey")).keySet());
    }

    private void bucket(String name) throws IOException {
        Files.createDirectories(root.resolve(name));
        Files.writeString(root.resolve(name).resolve("bucketMetadata.json"), "{\"name\":\"" + name + "\"}");
    }

    private Path folder(int number) {
        return root.resolve("rekey").resolve("8da0a5a6-c507-4663-9dc5-53706299008%d".formatted(number));
    }

    /** An object that was stored, later than those of smaller numbers. */
    private Path object(int number, String key, String content, int size) throws IOException {
        var folder = folder(number);
        describe(folder, "objectMetadata.json", key, content, size);
        Files.write(folder.resolve(content.substring(content.lastIndexOf('/') + 1)), new byte[size]);
        return folder;
    }

    private static void describe(Path folder, String name, String key, String content, int size) throws IOException {
        int number = Character.digit(folder.toString().charAt(folder.toString().length() - 1), 10);
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(name),
                MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                        .put("key", key)
                        .put("size", Integer.toString(size))
                        .put("lastModified", number)
                        .put("dataPath", content)));
    }
}
