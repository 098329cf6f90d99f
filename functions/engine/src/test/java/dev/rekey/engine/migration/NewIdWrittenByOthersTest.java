package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.forecast.Forecast;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Applications know derived ids: by the library of ids, by {@code rekey id}, or from references that are copied already. */
final class NewIdWrittenByOthersTest {
    private static final String PLAN = Plans.of("A: { onConflict: skip }");
    private static final String IN_USE = PLAN.replace("\"dst-{table}\"", "\"dst-{table}\", inUse: true");

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.fill("src-A", 5);
    }

    @Test
    void aTargetInUseKeepsWhatAnApplicationWritesUnderADerivedId() {
        keepsTheirs(Migration.begun(world, IN_USE));
    }

    /** From the references of the first run, applications know the ids of what comes late. */
    @Test
    void soDoesATableToWhichAnEarlierRunHasCopied() {
        Migration.migrated(world, PLAN);
        world.items("dst-A").forEach(copy -> world.delete("dst-A", copy));
        keepsTheirs(Migration.next(world, PLAN));
    }

    @Test
    void soDoesATableThatWasNotEmpty() {
        world.load("dst-A", record("id", "theirs"));
        keepsTheirs(Migration.begun(world, PLAN));
    }

    /** After the page was read and logged, before the first write, whichever request that is. */
    private void keepsTheirs(Migration run) {
        var theirs = new HashMap<>(run.mapped("A", record("id", "r3", "v", "value 3")));
        theirs.put("v", AttributeValue.fromS("newer"));
        world.faults().before("putAll", "dst-A", () -> world.load("dst-A", theirs));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", theirs));
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("dst-A")).contains(theirs);
        var counts = run.report(RunOutcome.MIGRATED).work().counts();
        assertThat(counts).containsEntry(Counted.CREATED, 4L).containsEntry(Counted.SKIPPED, 1L);
    }

    @Test
    void theFirstRunIntoAnEmptyTableCreatesInBatchesUnlessTheTargetIsInUse() {
        assertThat(requests(PLAN)).isEqualTo(Map.of("putAll", 1, "put", 0));
        world.items("dst-A").forEach(copy -> world.delete("dst-A", copy));
        assertThat(requests(IN_USE.replace("plan: p", "plan: q"))).isEqualTo(Map.of("putAll", 0, "put", 5));
    }

    private Map<String, Integer> requests(String plan) {
        var batches = new AtomicInteger();
        var single = new AtomicInteger();
        world.faults().before("putAll", "dst-A", 0, Integer.MAX_VALUE, batches::incrementAndGet);
        world.faults().before("put", "dst-A", 0, Integer.MAX_VALUE, single::incrementAndGet);
        Migration.migrated(world, plan);
        return Map.of("putAll", batches.get(), "put", single.get());
    }

    @Test
    void theForecastKnowsThatEachRecordIsARequest() {
        var inBatches = forecast(PLAN);
        var onCondition = forecast(IN_USE);
        assertThat(inBatches.assumptions())
                .anyMatch(one -> one.startsWith("One worker writes 1,500 records per second"));
        assertThat(onCondition.assumptions())
                .anyMatch(one -> one.startsWith("One worker writes 1,000 records, each on condition"));
        assertThat(onCondition.consumption().writeUnits())
                .isEqualTo(inBatches.consumption().writeUnits());
        Migration.migrated(world, PLAN);
        assertThat(forecast(PLAN).assumptions()).isEqualTo(onCondition.assumptions());
    }

    private Forecast forecast(String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var run = Migration.prepared(world, plan);
        var forecast = run.validate().survey().forecast();
        run.report(RunOutcome.REFUSED);
        return forecast;
    }
}
