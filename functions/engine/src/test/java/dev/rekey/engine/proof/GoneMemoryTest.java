package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.FrozenGone.Gone;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.ListedGone;
import dev.rekey.engine.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A run deletes as many copies whose source records are gone as a worker holds at once; another run deletes the others. */
final class GoneMemoryTest {
    private static final long MOST = 256L << 20;
    private static final TableName NOTES = new TableName("Notes");
    private static final TableName CLUBS = new TableName("Clubs");

    private final Site site = new Site(new GoneExhibit().tables());

    /** Notes refer to clubs: where not all can be deleted, they go first. */
    @Test
    void ofAMillionListedKeysARunTakesThoseOfTheLastLevelFirst() {
        var documents = documents(new Listing(migrated()));
        var listed = ListedGone.of(documents, EarlierRuns.of(documents, new PlanName("gone"), later()));
        long before = used();
        var keys = listed.keys(FrozenGone.MOST);
        assertThat(used() - before).as("bytes held").isLessThan(MOST);
        assertThat(listed.counts()).containsEntry(CLUBS, 1_000_000L);
        assertThat(sizes(keys)).isEqualTo(Map.of(NOTES, 1_000, CLUBS, FrozenGone.MOST - 1_000));
    }

    private static Map<TableName, Integer> sizes(Map<TableName, Set<Key>> keys) {
        return Map.of(NOTES, keys.get(NOTES).size(), CLUBS, keys.get(CLUBS).size());
    }

    @Test
    void aFrozenListStaysBelowTheLimit() {
        var documents = documents(migrated());
        var random = new Random(1);
        var folder = new RunFolder(later());
        var _ = new FrozenGone(IntStream.range(0, FrozenGone.MOST)
                        .mapToObj(_ -> new Gone(NOTES, text(random), List.of(text(random))))
                        .toList())
                .freeze(documents, folder);
        long before = used();
        var frozen = FrozenGone.of(documents, folder);
        var keys = frozen.keys(NOTES);
        assertThat(used() - before).as("bytes held").isLessThan(MOST);
        assertThat(frozen.of(NOTES)).hasSize(FrozenGone.MOST);
        assertThat(keys).hasSize(FrozenGone.MOST);
    }

    private static String text(Random random) {
        return Gone.text(new Key(
                Map.of("account", AttributeValue.fromS(uuid(random)), "id", AttributeValue.fromS(uuid(random)))));
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Objects migrated() {
        var start =
                new Execution.Start(new GoneExhibit().plan(), Action.MIGRATE, "first", site.now(), Optional.empty());
        assertThat(new Execution(start, site).run()).isEqualTo(Execution.Result.MIGRATED);
        return site.held().objects();
    }

    private RunId later() {
        return RunId.of(site.now().plus(Duration.ofDays(1)), "later");
    }

    private Documents documents(Objects objects) {
        return new Documents(
                objects,
                new Backoff(new SteppingTime(), new Random(1), site.now().plus(Duration.ofDays(2))));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A bucket in which the verification of the run has listed a million clubs, and a thousand notes. */
    private static final class Listing extends Passing {
        Listing(Objects objects) {
            super(objects);
        }

        @Override
        public Listed list(String prefix, Optional<ObjectKey> after) {
            return prefix.endsWith("/notes/") && after.isEmpty()
                    ? new Listed(List.of(new ObjectKey(prefix + "match-00000.jsonl.gz")), false)
                    : super.list(prefix, after);
        }

        @Override
        public Optional<Stored> get(ObjectKey key) {
            var name = key.name();
            if (name.contains("/notes/")) {
                boolean clubs = name.contains("/1/notes/");
                var lines = new GzippedLines();
                for (int i = 0; i < (clubs ? 1_000_000 : 1_000); i++) {
                    var id = "{\"id\":{\"S\":\"00000000-0000-0000-0000-%012d\"}}".formatted(i);
                    lines.add(new Difference(Verdict.GONE, clubs ? CLUBS : NOTES, id, List.of()));
                }
                return Optional.of(new Stored(lines.bytes(), new Version("1")));
            }
            return super.get(key)
                    .map(found -> name.endsWith("/level-1.json")
                            ? new Stored(
                                    new String(found.content(), StandardCharsets.UTF_8)
                                            .replace(
                                                    "\"tables\":{\"Clubs\":{",
                                                    "\"tables\":{\"Clubs\":{\"gone\":1000000,")
                                            .getBytes(StandardCharsets.UTF_8),
                                    found.version())
                            : found);
        }
    }
}
