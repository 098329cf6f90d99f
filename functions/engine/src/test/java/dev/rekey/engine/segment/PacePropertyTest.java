package dev.rekey.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of any capacity, changed at any time, and any number of workers. The seed is the parameter. */
class PacePropertyTest {
    private static final double CHANGE_EVERY = 20;
    private static final double SETTLED_AFTER = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void settlesWithinTenSecondsOfAnyChange(long seed) {
        var random = new Random(seed);
        int workers = 1 + random.nextInt(8);
        var bench = new Bench(seed, workers);
        var capacities = new ArrayList<Double>();
        var programs = new ArrayList<Runnable>();
        for (int change = 0; change < 4; change++) {
            capacities.add(workers * Math.exp(Math.log(10) + random.nextDouble() * Math.log(20)));
            programs.add(bench.capacityAt(change * CHANGE_EVERY, capacities.getLast()));
        }
        for (int number = 0; number < workers; number++) {
            programs.add(bench.worker(number, 4 * CHANGE_EVERY, _ -> Limits.NONE));
        }

        bench.time().run(programs);

        for (int change = 0; change < 4; change++) {
            var settled = Traffic.writes(bench.table())
                    .between(change * CHANGE_EVERY + SETTLED_AFTER, (change + 1) * CHANGE_EVERY);
            double possible = capacities.get(change) * (CHANGE_EVERY - SETTLED_AFTER);
            assertThat(settled.consumed())
                    .as("seed %d, %d workers, capacities %s, change %d", seed, workers, capacities, change)
                    .isBetween(0.6 * possible, 1.11 * possible);
            assertThat(settled.refused())
                    .as("refused: seed %d, %d workers, capacities %s, change %d", seed, workers, capacities, change)
                    .isLessThan(0.15 * possible);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void allWorkersTogetherStayWithinTheLimit(long seed) {
        var random = new Random(seed);
        int workers = 1 + random.nextInt(12);
        int limit = 5 + random.nextInt(1000);
        int later = 5 + random.nextInt(1000);
        var bench = new Bench(seed, workers);
        var programs = new ArrayList<Runnable>();
        for (int number = 0; number < workers; number++) {
            // Some end early: the others take over their share.
            double until = number % 3 == 1 ? 20 : 60;
            programs.add(bench.worker(number, until, second -> writes(second < 30 ? limit : later)));
        }

        bench.time().run(programs);

        var all = Traffic.writes(bench.table());
        var description = "seed %d, %d workers, limit %d, later %d".formatted(seed, workers, limit, later);
        check(all.between(0, 30), limit, workers, description);
        check(all.between(30 + Bench.LONGEST_PAGE, 60), later, workers, description);
        assertThat(all.between(0, 20).consumed()).as("used: " + description).isGreaterThan(0.75 * limit * 20 - workers);
        assertThat(all.between(45, 60).consumed())
                .as("used: " + description)
                .isGreaterThan(0.75 * later * 15 - workers);
    }

    /** Tables of a level differ: many are done at once, and what they were allowed belongs to the others from then on. */
    @ParameterizedTest
    @CsvSource({"50, 15", "75, 60", "150, 15", "150, 40", "150, 1", "500, 60", "1000, 8", "4000, 20"})
    void segmentsOfVeryDifferentSizesUseTheLimit(int limit, int segments) {
        int records = limit * 30;
        var bench = new Bench(limit, segments);
        int large = Math.max(1, segments / 8);
        var programs = IntStream.range(0, segments)
                .mapToObj(number -> bench.segment(number, number < large ? records / large : 6, 1_000, writes(limit)))
                .toList();

        bench.time().run(programs);

        var all = Traffic.writes(bench.table());
        double seconds = Traffic.seconds(bench.time().instant());
        check(all, limit, segments, "limit %d, %d segments".formatted(limit, segments));
        assertThat(all.consumed() / seconds).as("units per second of %d", limit).isGreaterThan(0.85 * limit);
    }

    /** No window holds more than the limit, half a second's worth, and one request of each worker. */
    private static void check(Traffic traffic, int limit, int workers, String description) {
        for (int seconds : new int[] {1, 5, 10}) {
            assertThat(traffic.most(Duration.ofSeconds(seconds)))
                    .as("window of %d s: %s", seconds, description)
                    .isLessThanOrEqualTo(limit * (seconds + 0.5) + workers);
        }
    }

    private static Limits writes(int units) {
        return new Limits(Optional.empty(), Optional.of(units));
    }
}
