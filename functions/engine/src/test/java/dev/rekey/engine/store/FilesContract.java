package dev.rekey.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.store.Files.FileVersion;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of files does. */
public abstract class FilesContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Files files;
    private String folder;

    /** Other tests may have files there. */
    protected abstract Files files();

    /** The bucket that the files are in. */
    protected abstract String bucket();

    /** What puts files into the bucket. */
    protected abstract Objects objects();

    @BeforeEach
    final void chooseFolder() {
        files = files();
        folder = "files-" + NUMBER.incrementAndGet() + "/";
    }

    @Test
    void listsFilesWithTheirSizes() {
        put("b", "12");
        put("a", "1");
        put("c/d", "");
        assertThat(all(""))
                .extracting(file -> file.address().key())
                .containsExactly(folder + "a", folder + "b", folder + "c/d");
        assertThat(all("")).extracting(FileVersion::bytes).containsExactly(1L, 2L, 0L);
        assertThat(all("b")).hasSize(1);
        assertThat(all("x")).isEmpty();
    }

    @Test
    void listsMoreThanAThousandFilesInSeveralAnswers() {
        IntStream.range(0, 1001).forEach(i -> put("%04d".formatted(i), "x"));
        var first = files.list(address(""), Optional.empty());
        assertThat(first.more()).isTrue();
        assertThat(first.files()).hasSize(1000);
        assertThat(all("")).hasSize(1001);
    }

    @Test
    void readsAnyPartOfAFile() {
        put("a", "0123456789");
        var file = all("a").getFirst();
        assertThat(read(file, 0, 10)).contains("0123456789");
        assertThat(read(file, 3, 4)).contains("3456");
        assertThat(read(file, 8, 100)).contains("89");
    }

    @Test
    void readsNothingOfAFileThatWasReplaced() {
        put("a", "1");
        var file = all("a").getFirst();
        put("a", "2");
        assertThat(read(file, 0, 1)).isEmpty();
        assertThat(read(all("a").getFirst(), 0, 1)).contains("2");
    }

    @Test
    void readsNothingOfAFileThatWasDeleted() {
        put("a", "1");
        var file = all("a").getFirst();
        objects().delete(new ObjectKey(folder + "a"));
        assertThat(read(file, 0, 1)).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        assertThatThrownBy(() -> files.list(new FileAddress("no-such-bucket-of-rekey", ""), Optional.empty()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING));
    }

    private Optional<String> read(FileVersion file, long from, int length) {
        return files.read(file, from, length).map(bytes -> new String(bytes, UTF_8));
    }

    private List<FileVersion> all(String name) {
        var all = new ArrayList<FileVersion>();
        Files.Listed listed;
        Optional<String> after = Optional.empty();
        do {
            listed = files.list(address(name), after);
            all.addAll(listed.files());
            after = listed.files().stream()
                    .reduce((_, last) -> last)
                    .map(file -> file.address().key());
        } while (listed.more());
        return all;
    }

    private FileAddress address(String name) {
        return new FileAddress(bucket(), folder + name);
    }

    private void put(String name, String content) {
        objects().put(new ObjectKey(folder + name), content.getBytes(UTF_8));
    }
}
