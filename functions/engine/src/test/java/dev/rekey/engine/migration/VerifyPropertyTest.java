package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a source after its copy, every record gets its one verdict; the seed is the parameter. */
final class VerifyPropertyTest {
    private static final int RECORDS = 60;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRecordGetsItsVerdict(long seed) {
        var random = new Random(seed);
        var world = new World();
        world.create("A", KeyType.S);
        world.fill("src-A", RECORDS);
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(4 + random.nextInt(8));
        copyWithCrashes(migration, world, random);
        var expected = change(world, random);
        world.pageLimit(1 + random.nextInt(12));
        boolean shortInvocations = random.nextBoolean();
        if (shortInvocations) {
            world.readSlowly("src-A");
        }
        while (shortInvocations && migration.verifyInvocation("A", world.invocation()) instanceof SegmentOutcome.More) {
            // The next invocation goes on.
        }
        var result = migration.verify(1);
        assertThat(result.tables().get(new TableName("A"))).containsExactlyInAnyOrderEntriesOf(expected);
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    /** Some pages are done twice, the second time with another length. */
    private static void copyWithCrashes(Migration migration, World world, Random random) {
        int crashes = random.nextInt(3);
        for (int i = 0; i < crashes; i++) {
            int limit = 4 + random.nextInt(8);
            world.faults().after("putAll", "dst-A", random.nextInt(4), 1, () -> {
                world.pageLimit(limit);
                throw new Faults.Crash();
            });
            try {
                var _ = migration.copyInvocation("A");
            } catch (Faults.Crash crash) {
                world.waitForLeases();
            }
        }
        migration.copy(1);
    }

    private static Map<Counted, Long> change(World world, Random random) {
        var counts = new TreeMap<Counted, Long>();
        for (int i = 0; i < RECORDS; i++) {
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    world.delete("src-A", record("id", "r" + i, "v", "value " + i));
                    counts.merge(Counted.GONE, 1L, Long::sum);
                }
                case 2 -> {
                    world.load("src-A", record("id", "r" + i, "v", "moved"));
                    counts.merge(Counted.MOVED, 1L, Long::sum);
                }
                default -> counts.merge(Counted.MATCHED, 1L, Long::sum);
            }
        }
        int late = random.nextInt(30);
        for (int i = 0; i < late; i++) {
            world.load("src-A", record("id", "late" + i, "v", "late"));
            counts.merge(Counted.LATE, 1L, Long::sum);
        }
        return counts;
    }
}
