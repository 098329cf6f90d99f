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

    /** A mapping gives one kind an id that another one keeps. */
    @Test
    void theValidationFindsKindsThatGetOneKey() {
        world.create("Pets", KeyType.S);
        world.load("src-Pets", record("id", "c1", "kind", "cat"));
        world.load("src-Pets", record("id", "d1", "kind", "dog"));
        var plan = Plans.of(
                        "Cats: { from: Pets, match: { kind: cat }, key: { id: Numbers } }",
                        "Dogs: { from: Pets, match: { kind: dog }, identity: { rule: keep } }")
                .replace(
                        "tables:\n",
                        "unmatched: leave\nfamilies: { Numbers: { rule: lookup, mapping: { ids: { c1: d1 } } } }\ntables:\n");
        assertThat(Migration.prepared(world, plan).validate().blockers())
                .extracting(one -> one.id())
                .containsOnly("key.coincides");
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

    /** Whichever comes first, has its place: the others are left out, also one that the analysis had. */
    @Test
    void lateRecordsOfOtherPagesWithOneNewKeyAreLeftOut() {
        var migration = numbers("abort", 12);
        world.pageLimit(1);
        assertThat(migration.migrate().failures()).isZero();
        int there = world.items("dst-A").size();
        assertThat(there).isBetween(1, 9);
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 13L - there));
        assertThat(migration.rollback().others().drift()).isEmpty();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void whatCollidesWithWhatAnEarlierAttemptWroteIsLeftOut() {
        var migration = numbers("abort", 0);
        world.load("src-A", collidesWithTheFirst(migration));
        world.pageLimit(1);
        world.faults().after("put", "dst-A", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("dst-A")).hasSize(1);
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L));
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
