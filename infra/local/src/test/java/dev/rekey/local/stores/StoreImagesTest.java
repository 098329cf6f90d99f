package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.local.child.StoreNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many kills for two starts of a store: while four threads write, the store is stopped for a moment and its files
 * are copied, which are what a kill at that moment leaves. In the end one store reads all copies, each by a name of its
 * own, in a folder that is not the one it was written in. {@link StoreKillTest} kills indeed.
 *
 * <p>Sixty images in the build, 600 with {@code -Pexhaustive}; {@code -Dimages=2000} for more, {@code -Dseed=…} for other moments.
 */
final class StoreImagesTest {
    private static final int IMAGES = Integer.getInteger("images", Boolean.getBoolean("rekey.exhaustive") ? 600 : 60);
    private static final int IMAGES_OF_A_ROUND = 5;
    private static final long SEED = Long.getLong("seed", 1);
    private static final int WRITERS = 4;
    private static final int LONGEST_PAUSE_MILLIS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Claims claims = new Claims();
    private final List<Claims> atImage = new ArrayList<>();

    /** Copies what a store has on the disk. */
    private interface Copy {
        void take(Frozen store, int image) throws IOException;
    }

    @Test
    void objectsAreWholeAtEveryMoment() throws Exception {
        var data = folder.resolve("s3");
        var images = Files.createDirectories(folder.resolve("images"));
        take(
                StoreProgram.s3Mock(place(), 0, data, "rekey"),
                address -> new WrittenBucket(address, "rekey"),
                (store, image) -> store.copy(data.resolve("rekey"), images.resolve(name(image))));
        var program = StoreProgram.s3Mock(place(), 0, images, "another");
        try (var store = StoreProcess.launch(program, JAVA);
                var buckets = new WrittenBucket(address(store), "another")) {
            check(image -> buckets.bucket(name(image)).read());
            assertThat(store.notes()).extracting(StoreNote::kind).containsOnly(StoreNote.Kind.REPAIRED);
        }
    }

    @Test
    void recordsAreWholeAtEveryMoment() throws Exception {
        var data = Files.createDirectories(folder.resolve("dynamodb"));
        var images = Files.createDirectories(folder.resolve("images"));
        take(
                StoreProgram.dynamoDbLocal(place(), 0, Optional.of(data)),
                address -> {
                    var table = new WrittenTable(address, "local");
                    table.create();
                    return table;
                },
                (store, image) -> copyTables(data, images, image));
        try (var store = StoreProcess.launch(ofManyDatabases(images), JAVA)) {
            var address = address(store);
            check(image -> read(address, name(image)));
        }
    }

    private static Map<String, Integer> read(URI address, String database) {
        try (var table = new WrittenTable(address, database)) {
            return table.read();
        }
    }

    private static void copyTables(Path data, Path images, int image) throws IOException {
        for (String end : List.of("", "-journal")) {
            var file = data.resolve("shared-local-instance.db" + end);
            if (Files.exists(file)) {
                Files.copy(file, images.resolve(name(image) + "_us-east-1.db" + end));
            }
        }
    }

    /** Without the option that makes one database of all: then there is one for each access key and region. */
    private StoreProgram ofManyDatabases(Path images) {
        var program = StoreProgram.dynamoDbLocal(place(), 0, Optional.of(images));
        var arguments = program.arguments().stream()
                .filter(argument -> !argument.equals("-sharedDb"))
                .toList();
        return program.with(List.of(), arguments);
    }

    private void take(StoreProgram program, Function<URI, WrittenStore> client, Copy copy) throws Exception {
        try (var store = StoreProcess.launch(program, JAVA);
                var written = client.apply(address(store))) {
            while (atImage.size() < IMAGES) {
                written.deleteOnce(claims);
                takeSome(store, written, copy);
            }
            claims.check(written.read(), "in the end, seed " + SEED);
        }
    }

    private void takeSome(StoreProcess store, WrittenStore written, Copy copy) throws Exception {
        var enough = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                var choice = new Random(random.nextLong());
                writers.add(threads.submit(() -> {
                    while (!enough.get()) {
                        written.write(claims, choice, writer);
                    }
                }));
            }
            for (int i = 0; i < IMAGES_OF_A_ROUND; i++) {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                try (var frozen = Frozen.freeze(store)) {
                    copy.take(frozen, atImage.size());
                    atImage.add(claims.copy());
                }
            }
            enough.set(true);
            for (var writer : writers) {
                writer.get();
            }
        }
    }

    private void check(Function<Integer, Map<String, Integer>> images) {
        for (int image = 0; image < atImage.size(); image++) {
            atImage.get(image).check(images.apply(image), name(image) + ", seed " + SEED);
        }
    }

    private static String name(int image) {
        return "image" + image;
    }

    private static URI address(StoreProcess store) throws Exception {
        return URI.create("http://127.0.0.1:" + store.awaitPort(LIMIT));
    }

    private Workplace place() {
        return new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
    }
}
