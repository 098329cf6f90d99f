package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.InPlaceTable.PLAN;
import static dev.rekey.engine.migration.InPlaceTable.asAfter;
import static dev.rekey.engine.migration.InPlaceTable.asBefore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A run is rolled back again and again while an application sets and removes attributes, deletes records and brings them back.
 * A plain model says what each rollback restores and what it leaves to the next one.
 */
final class RepeatedRollbackTest {
    private static final int RECORDS = 8;
    private static final int SEEDS = 200;
    private static final int ROUNDS = 6;

    private final World world = new World();
    private final InPlaceTable table = InPlaceTable.create(world, RECORDS);
    /** What must stand in the table. */
    private final Map<Integer, Map<String, AttributeValue>> model = new TreeMap<>();
    /** The records that are still the run's business. */
    private final TreeSet<Integer> left = new TreeSet<>();

    private int starts;

    static List<Long> seeds() {
        return new Random(20_260_101).longs(SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRollbackRestoresWhatTheLastOneLeft(long seed) {
        var random = new Random(seed);
        world.pageLimit(1 + random.nextInt(4));
        var run = Migration.migrated(world, PLAN);
        for (int i = 0; i < RECORDS; i++) {
            model.put(i, asAfter(i));
            left.add(i);
        }
        for (int round = 0; round < ROUNDS; round++) {
            var drift = round > 0 || random.nextBoolean() ? Drift.OVERWRITE : Drift.KEEP;
            work(random);
            world.time().sleep(Duration.ofSeconds(1));
            var start = new Start(world, "undo-" + starts++)
                    .undoing(new Undoing(Optional.empty(), false, drift, random.nextBoolean()));
            if (left.isEmpty()) {
                assertThat(start.prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p")))
                        .isInstanceOf(Prepared.Refused.class);
                return;
            }
            var report = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN)).rollback();
            rollBack(drift);
            for (int i = 0; i < RECORDS; i++) {
                assertThat(table.item(i))
                        .as("record %d in round %d", i, round)
                        .isEqualTo(model.getOrDefault(i, Map.of()));
            }
            assertThat(listed(report))
                    .isEqualTo(left.stream().map(RepeatedRollbackTest::key).toList());
        }
    }

    private static String key(int i) {
        return "A {\"id\":{\"S\":\"r" + i + "\"}}";
    }

    private static List<String> listed(RunReport report) {
        return report.others().drift().isEmpty()
                ? report.others().unrestored()
                : report.others().drift();
    }

    /** The application's. */
    private void work(Random random) {
        for (int i = 0; i < RECORDS; i++) {
            switch (random.nextInt(12)) {
                case 0 -> set(i, "y", "theirs");
                case 1 -> set(i, "z", "theirs");
                case 2 -> set(i, "other", "theirs");
                case 3 -> put(i, Map.of());
                case 4 -> put(i, asBefore(i));
                case 5 -> put(i, asAfter(i));
                default -> {}
            }
        }
    }

    private void set(int i, String attribute, String value) {
        if (model.containsKey(i)) {
            var item = new HashMap<>(model.get(i));
            item.put(attribute, AttributeValue.fromS(value));
            put(i, item);
        }
    }

    /** Without attributes, the record is deleted. */
    private void put(int i, Map<String, AttributeValue> item) {
        if (!item.isEmpty()) {
            model.put(i, item);
            table.put(item);
        } else if (model.remove(i) != null) {
            table.delete(i);
        }
    }

    private void rollBack(Drift drift) {
        left.removeIf(i -> {
            var item = model.get(i);
            // Attributes alone make no record.
            if (item == null || (drift == Drift.KEEP && isTheirs(i, item))) {
                return false;
            }
            var restored = new HashMap<>(item);
            restored.remove("y");
            restored.put("z", asBefore(i).get("z"));
            model.put(i, restored);
            return true;
        });
    }

    /** Whether one of the two attributes is neither as before the run nor as after it. */
    private static boolean isTheirs(int i, Map<String, AttributeValue> item) {
        return List.of("y", "z").stream()
                .map(name -> Optional.ofNullable(item.get(name)))
                .anyMatch(value -> value.isPresent()
                        && !value.get().equals(asAfter(i).get("y"))
                        && !value.get().equals(asBefore(i).get("z")));
    }
}
