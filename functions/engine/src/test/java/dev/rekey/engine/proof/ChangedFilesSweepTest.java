package dev.rekey.engine.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Before the n-th request of a migration, for every n, somebody replaces or deletes a file that is its source. Nothing is
 * guessed and nothing is taken back: the run stops as incomplete, goes on when the file is as it was, and can be rolled back.
 */
final class ChangedFilesSweepTest {
    /** By so many requests all files are listed. */
    private static final int LISTED = 60;

    private static final ObjectKey FILE = new ObjectKey("inbox/People-0.jsonl");

    private final Exhibit exhibit = new FilesExhibit(new CopyExhibit());

    /** What somebody does to the file. */
    private enum Deed {
        REPLACE,
        DELETE;

        void to(InMemoryObjects bucket) {
            switch (this) {
                case REPLACE -> bucket.put(FILE, "{\"id\":{\"N\":\"77\"}}".getBytes(UTF_8));
                case DELETE -> bucket.delete(FILE);
            }
        }
    }

    /** The bucket of a site, and the requests that were made of the site until now. */
    private static final class Meddler implements Interceptor {
        private final InMemoryObjects bucket;
        private final Deed deed;
        private final int at;
        private final AtomicInteger requests = new AtomicInteger();

        private Meddler(InMemoryObjects bucket, Deed deed, int at) {
            this.bucket = bucket;
            this.deed = deed;
            this.at = at;
        }

        @Override
        public void before(Call call) {
            // What is done here is a request, too.
            if (requests.getAndIncrement() == at) {
                deed.to(bucket);
            }
        }

        @Override
        public void after(Call call) {}
    }

    private record Place(Site site, InMemoryObjects bucket) {
        Execution run(Action action, String name, Exhibit exhibit, Optional<Start> of) {
            var execution =
                    new Execution(new Start(exhibit.plan(), action, name, site.now(), of.map(Start::run)), site);
            execution.run();
            site.sleep(Duration.ofSeconds(1));
            return execution;
        }
    }

    private Place place() {
        var bucket = exhibit.bucket();
        return new Place(new Site(new MemoryStores(exhibit.tables(), bucket)), bucket);
    }

    private static Start start(Exhibit exhibit, Site site) {
        return new Start(exhibit.plan(), Action.MIGRATE, "first", site.now(), Optional.empty());
    }

    @Test
    void theRunStopsAndGoesOnWhenTheFileIsBack() {
        var plain = place();
        var counting = new Meddler(plain.bucket(), Deed.DELETE, Integer.MAX_VALUE);
        plain.site().intercept(counting);
        assertThat(plain.run(Action.MIGRATE, "first", exhibit, Optional.empty()).result())
                .isEqualTo(Result.MIGRATED);
        var migrated = plain.site().dump();
        int requests = counting.requests.get();
        assertThat(requests).isGreaterThan(300);
        Map<Result, AtomicInteger> seen = new ConcurrentHashMap<>();
        IntStream.range(0, requests)
                .parallel()
                .forEach(at -> seen.computeIfAbsent(meddledWith(at, migrated), _ -> new AtomicInteger())
                        .incrementAndGet());
        // Refused before it begins, incomplete while the file is read, and migrated when nobody reads it any more.
        assertThat(new EnumMap<>(seen)).containsOnlyKeys(Result.REFUSED, Result.INCOMPLETE, Result.MIGRATED);
        assertThat(seen.get(Result.INCOMPLETE).get()).isGreaterThan(100);
    }

    /** The deeds in turn, and what an operator does then. */
    private Result meddledWith(int at, String migrated) {
        var deed = at % 2 == 0 ? Deed.REPLACE : Deed.DELETE;
        var place = place();
        var original = place.site().dump();
        var start = start(exhibit, place.site());
        place.site().intercept(new Meddler(place.bucket(), deed, at));
        var result =
                place.run(Action.MIGRATE, "first", exhibit, Optional.empty()).result();
        place.site().intercept(Interceptor.none());
        switch (result) {
            // Before it was listed, another content is simply what is imported.
            case MIGRATED ->
                assertThat((deed == Deed.REPLACE && at < LISTED)
                                || place.site().dump().equals(migrated))
                        .as("%s before request %d", deed, at)
                        .isTrue();
            case REFUSED -> assertThat(place.site().dump()).isEqualTo(original);
            case INCOMPLETE -> {
                if (at / 2 % 2 == 0) {
                    rollBack(place, start, original);
                } else {
                    place.bucket().put(FILE, exhibit.files().get(FILE.name()));
                    assertThat(place.run(Action.RESUME, "resumed", exhibit, Optional.of(start))
                                    .result())
                            .as("%s before request %d", deed, at)
                            .isEqualTo(Result.MIGRATED);
                    assertThat(place.site().dump()).isEqualTo(migrated);
                }
            }
            case ANALYZED, VERIFIED, TESTED, ROLLED_BACK, SUPERSEDED ->
                throw new AssertionError(result + ": " + deed + " before request " + at);
        }
        return result;
    }

    private void rollBack(Place place, Start start, String original) {
        assertThat(place.run(Action.ROLLBACK, "undone", exhibit, Optional.of(start))
                        .result())
                .isEqualTo(Result.ROLLED_BACK);
        assertThat(place.site().dump()).isEqualTo(original);
        assertThat(place.site().locks()).doesNotContain(start.run().value());
    }
}
