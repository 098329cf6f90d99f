package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Objects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What earlier runs wrote is read by partition, and what is held of it is bounded. */
final class EarlierWritesMemoryTest {
    private static final String PLAN = """
            plan: p
            mode: inPlace
            source: { tables: "src-{table}" }
            tables:
              A: { set: { y: one } }
            """;

    private static final int ENTRY_BYTES = 48;
    private static final long MOST = 256L << 20;

    /** Five partitions, as of a million records. */
    private static final int PARTITIONS = 5;

    @Test
    void aMillionEarlierKeysStayBelowTheLimitAndAreReadOnce() {
        var bucket = new Large(afterRun(), 1_000_000 / PARTITIONS);
        long before = used();
        var writes = asked(bucket, 60);
        assertThat(bucket.partitions).hasSize(PARTITIONS);
        assertThat(bucket.reads).isEqualTo(PARTITIONS);
        assertThat(used() - before).as("bytes held").isLessThan(MOST);
        assertThat(wrote(writes, 0)).isFalse();
    }

    /** Each with five attributes: more than is held at once. */
    @Test
    void fiveMillionEarlierValuesStayBelowTheLimit() {
        var bucket = new Large(afterRun(), 5_000_000 / PARTITIONS);
        long before = used();
        var writes = asked(bucket, 20);
        assertThat(bucket.partitions).hasSize(PARTITIONS);
        assertThat(used() - before).as("bytes held").isLessThan(MOST);
        assertThat(wrote(writes, 0)).isFalse();
    }

    private static Objects afterRun() {
        var tables = new InMemoryTables();
        tables.createTable(shape("src-A", "id", KeyType.S, Optional.empty()));
        load(tables, "src-A", item("id", text("a1"), "x", text("1")));
        var site = new Site(tables);
        var start = new Execution.Start(PLAN, Action.MIGRATE, "first", site.now(), Optional.empty());
        assertThat(new Execution(start, site).run()).isEqualTo(Execution.Result.MIGRATED);
        return site.held().objects();
    }

    private static EarlierWrites asked(Large bucket, int keys) {
        var time = new SteppingTime();
        time.sleep(Duration.ofDays(1));
        var documents = new Documents(
                bucket, new Backoff(time, new Random(1), time.instant().plusSeconds(60)));
        var earlier = EarlierRuns.of(documents, new PlanName("p"), RunId.of(time.instant(), "second"));
        assertThat(earlier.all()).hasSize(1);
        var writes = new EarlierWrites(
                documents, earlier, new TableName("A"), shape("src-A", "id", KeyType.S, Optional.empty()));
        for (int i = 0; i < keys; i++) {
            assertThat(wrote(writes, i)).isFalse();
        }
        return writes;
    }

    private static boolean wrote(EarlierWrites writes, int i) {
        return writes.wroteValue(new Key(Map.of("id", text("k" + i))), "y", text("one"));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A bucket in which the run has written many records, none of which anybody asks for. */
    private static final class Large extends Passing {
        private final int entries;
        private final Set<ObjectKey> partitions = new HashSet<>();
        private int reads;

        Large(Objects objects, int entries) {
            super(objects);
            this.entries = entries;
        }

        @Override
        public Optional<Stored> get(ObjectKey key) {
            if (key.name().contains("/written/")) {
                partitions.add(key);
                reads++;
                return Optional.of(new Stored(new byte[entries * ENTRY_BYTES], new Version("1")));
            }
            return super.get(key)
                    .map(found -> key.name().endsWith("/manifest.json")
                            ? new Stored(
                                    new String(found.content(), StandardCharsets.UTF_8)
                                            .replace("\"partitions\":1", "\"partitions\":" + PARTITIONS)
                                            .getBytes(StandardCharsets.UTF_8),
                                    found.version())
                            : found);
        }
    }
}
