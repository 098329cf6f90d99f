package dev.rekey.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.Objects.Version;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of objects does. */
public abstract class ObjectsContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final PutOutcome FAILED = new PutOutcome.ConditionFailed();

    private Objects objects;
    private String folder;

    /** A bucket; it may hold other tests' objects. */
    protected abstract Objects objects();

    @BeforeEach
    final void chooseFolder() {
        objects = objects();
        folder = "contract-" + NUMBER.incrementAndGet() + "/";
    }

    @Test
    void getsNothingWhereNothingIs() {
        assertThat(objects.get(key("a"))).isEmpty();
    }

    @Test
    void createsOnce() {
        var version = done(objects.create(key("a"), bytes("1")));
        assertThat(objects.create(key("a"), bytes("2"))).isEqualTo(FAILED);
        assertThat(objects.create(key("a"), bytes("1"))).isEqualTo(FAILED);
        assertThat(content("a")).contains("1");
        assertThat(objects.get(key("a")).orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void replacesTheVersionThatIsThere() {
        var first = done(objects.create(key("a"), bytes("1")));
        var second = done(objects.replace(key("a"), bytes("2"), first));
        assertThat(second).isNotEqualTo(first);
        assertThat(objects.replace(key("a"), bytes("3"), first)).isEqualTo(FAILED);
        assertThat(content("a")).contains("2");
        done(objects.replace(key("a"), bytes("4"), second));
        assertThat(content("a")).contains("4");
    }

    @Test
    void replacesNothingWhereNothingIs() {
        var version = done(objects.create(key("a"), bytes("1")));
        assertThat(objects.replace(key("b"), bytes("2"), version)).isEqualTo(FAILED);
        objects.delete(key("a"));
        assertThat(objects.replace(key("a"), bytes("2"), version)).isEqualTo(FAILED);
        assertThat(objects.list(folder, Optional.empty()).keys()).isEmpty();
    }

    @Test
    void givesTheSameContentTheSameVersion() {
        var first = done(objects.create(key("a"), bytes("1")));
        objects.put(key("a"), bytes("2"));
        objects.put(key("a"), bytes("1"));
        assertThat(objects.get(key("a")).orElseThrow().version()).isEqualTo(first);
    }

    @Test
    void putsWhateverIsThere() {
        objects.put(key("a"), bytes("1"));
        objects.put(key("a"), bytes("2"));
        assertThat(content("a")).contains("2");
    }

    @Test
    void createsAgainAfterDeleting() {
        done(objects.create(key("a"), bytes("1")));
        objects.delete(key("a"));
        objects.delete(key("a"));
        done(objects.create(key("a"), bytes("2")));
        assertThat(content("a")).contains("2");
    }

    @Test
    void keepsEveryByte() {
        var content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        objects.put(key("large"), content);
        done(objects.create(key("empty"), new byte[0]));
        assertThat(objects.get(key("large")).orElseThrow().content()).isEqualTo(content);
        assertThat(objects.get(key("empty")).orElseThrow().content()).isEmpty();
    }

    @Test
    void listsInOrderOfBytes() {
        var names = List.of("B", "a", "a b+c%d&e", "a.b", "a/b", "a/b/c", "b=2", "~", "ä", "😀");
        names.reversed().forEach(name -> objects.put(key(name), bytes(name)));
        var all = objects.list(folder, Optional.empty());
        assertThat(all.keys()).extracting(ObjectKey::name).containsExactlyElementsOf(names(names));
        assertThat(all.more()).isFalse();
        assertThat(objects.list(folder + "a/", Optional.empty()).keys()).containsExactly(key("a/b"), key("a/b/c"));
        var after = objects.list(folder, Optional.of(key("a/")));
        assertThat(after.keys()).extracting(ObjectKey::name).containsExactlyElementsOf(names(names.subList(4, 10)));
        assertThat(objects.list(folder, Optional.of(key("😀"))).keys()).isEmpty();
        assertThat(objects.list(folder + "none", Optional.empty()).keys()).isEmpty();
    }

    @Test
    void listsFoldersOnce() {
        List.of("B/1", "B/2/3", "B0", "a/1", "a.b/1", "z").forEach(name -> objects.put(key(name), bytes(name)));
        var all = objects.folders(folder, Optional.empty());
        assertThat(all.names()).containsExactly("B", "a.b", "a");
        assertThat(all.next()).isEmpty();
        assertThat(objects.folders(folder, Optional.of(Objects.Folders.behind(folder, "B")))
                        .names())
                .containsExactly("a.b", "a");
        assertThat(objects.folders(folder, Optional.of(Objects.Folders.behind(folder, "a")))
                        .names())
                .isEmpty();
        assertThat(objects.folders(folder + "B/", Optional.empty()).names()).containsExactly("2");
        assertThat(objects.folders(folder + "none/", Optional.empty()).names()).isEmpty();
    }

    private List<String> names(List<String> names) {
        return names.stream().map(name -> folder + name).toList();
    }

    private ObjectKey key(String name) {
        return new ObjectKey(folder + name);
    }

    private Optional<String> content(String name) {
        return objects.get(key(name)).map(stored -> new String(stored.content(), UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Version done(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Done.class);
        return ((PutOutcome.Done) outcome).version();
    }
}
