package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Several source records that get one new key. */
final class CollisionsTest {
    private static final String NUMBERS = "A: { identity: { rule: derive, digits: 1 }, onConflict: %s }";
    private final World world = new World();

    @BeforeEach
    void table() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
    }

    @Test
    void theValidationFindsCollisions() {
        world.create("A", KeyType.N);
        IntStream.range(1, 12).forEach(i -> world.load("src-A", Map.of("id", AttributeValue.fromN("" + i))));
        var migration = Migration.prepared(world, Plans.of(NUMBERS.formatted("abort")));
        var analysis = migration.validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.problems()).anyMatch(problem -> problem.id().equals("identity.collision"));
    }

    /** Records that come after the validation are not known to it. */
    private Migration numbers(String onConflict, int late) {
        world.create("A", KeyType.N);
        world.load("src-A", number(1));
        var plan = Plans.of(NUMBERS.formatted(onConflict));
        var migration = Migration.begun(world, plan);
        IntStream.range(2, 2 + late).forEach(i -> world.load("src-A", number(i)));
        return migration;
    }

    private static Map<String, AttributeValue> number(int i) {
        return Map.of("id", AttributeValue.fromN("" + i), "v", AttributeValue.fromS("" + i));
    }

    @Test
    void lateRecordsOfOnePageWithOneNewKeyAreLeftOut() {
        var migration = numbers("overwrite", 12);
        var result = migration.migrate();
        assertThat(result.failures()).isZero();
        int there = world.items("dst-A").size();
        assertThat(there).isBetween(1, 9);
        assertThat(world.items("dst-A")).contains(migration.mapped("A", number(1)));
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 13L - there));
    }

    @Test
    void twoRecordsOfDifferentPagesWithOneNewKeyAreAConflict() {
        var migration = numbers("abort", 12);
        world.pageLimit(1);
        assertThatThrownBy(() -> migration.copy(1))
                .isInstanceOfSatisfying(
                        SegmentFailed.class,
                        failed -> assertThat(failed.failure().id()).isEqualTo("copy.conflict"));
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void aCollisionWithWhatAnEarlierAttemptWroteIsStillAConflict() {
        var migration = numbers("abort", 0);
        world.load("src-A", collidesWithTheFirst(migration));
        world.pageLimit(1);
        world.faults().after("put", "dst-A", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        assertThatThrownBy(() -> migration.copy(1)).isInstanceOf(SegmentFailed.class);
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    private static Map<String, AttributeValue> collidesWithTheFirst(Migration migration) {
        var id = migration.mapped("A", Map.of("id", AttributeValue.fromN("1"))).get("id");
        return IntStream.range(2, 1000)
                .mapToObj(i -> Map.of("id", AttributeValue.fromN("" + i), "v", AttributeValue.fromS("second")))
                .filter(record -> migration.mapped("A", record).get("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void collisionsThatOverwriteEachOtherAreUndoneInReverse() {
        var migration = numbers("overwrite", 12);
        world.pageLimit(1);
        migration.copy(1);
        assertThat(world.items("dst-A")).hasSizeLessThan(13);
        assertThat(migration.verify(1).failures()).isPositive();
        assertThat(migration.rollback().others().drift()).isEmpty();
        assertThat(world.items("dst-A")).isEmpty();
    }
}
