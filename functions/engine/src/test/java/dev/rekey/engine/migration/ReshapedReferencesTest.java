package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** References that get another name, and attributes that get a value where they have none: there and back. */
final class ReshapedReferencesTest {
    private static final String COPY = Plans.of(
            "A: {}", "B: { references: { a: A }, rename: { a: parent }, setIfAbsent: { currency: EUR, at: x } }");
    private static final String IN_PLACE = """
        plan: p
        source: { tables: "src-{table}" }
        mode: inPlace
        families: { Tenants: { rule: lookup, mapping: { ids: { t0: o0, t1: o1 } }, exists: A } }
        tables:
          A: {}
          B:
            references: { a: Tenants, x: A }
            rename: { a: organization, x: y }
            setIfAbsent: { currency: EUR, at: "{% $runStartedAt %}" }
        """;

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.pageLimit(3);
    }

    @Test
    void copied() {
        world.load("src-A", record("id", "r1"));
        IntStream.range(0, 7).forEach(i -> world.load("src-B", record("id", "b" + i, "a", "r1", "at", "mine")));
        var before = world.dump();
        var run = Migration.begun(world, COPY);
        assertThat(run.migrate().failures()).isZero();
        var parent = world.items("dst-A").getFirst().get("id").s();
        assertThat(world.items("dst-B")).hasSize(7).allSatisfy(item -> {
            assertThat(item.keySet()).containsExactlyInAnyOrder("id", "parent", "currency", "at");
            assertThat(item.get("parent").s()).isEqualTo(parent).isNotEqualTo("r1");
            assertThat(item.get("currency").s()).isEqualTo("EUR");
            assertThat(item.get("at").s()).isEqualTo("mine");
        });
        undo(run, COPY);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void inPlaceAndTheReferencesAreVerifiedUnderTheirNewName() {
        IntStream.range(0, 2).forEach(i -> world.load("src-A", record("id", "o" + i)));
        IntStream.range(0, 7)
                .forEach(i -> world.load("src-B", record("id", "b" + i, "a", "t" + i % 2, "x", "o" + i % 2)));
        var before = world.dump();
        var run = Migration.begun(world, IN_PLACE);
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.UPDATED, 7L);
        assertThat(world.items("src-B")).allSatisfy(item -> {
            assertThat(item.keySet()).containsExactlyInAnyOrder("id", "organization", "y", "currency", "at");
            assertThat(item.get("organization").s()).startsWith("o");
        });
        var after = world.dump();

        world.delete("src-A", record("id", "o1"));
        var verified = verified(run);
        assertThat(Verdict.GONE_REFERENCE.counted().in(verified)).isPositive();
        world.load("src-A", record("id", "o1"));

        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.migrated(world, IN_PLACE)
                        .report(RunOutcome.MIGRATED)
                        .work()
                        .counts())
                .doesNotContainEntry(Counted.UPDATED, 7L);
        assertThat(world.dump()).isEqualTo(after);
        undo(run, IN_PLACE);
        assertThat(world.dump()).isEqualTo(before);
    }

    private java.util.Map<Counted, Long> verified(Migration run) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify");
        var verification = new Migration(world, IN_PLACE, start, start.ready(Action.VERIFY, run.run(), IN_PLACE));
        IntStream.rangeClosed(1, 2).forEach(verification::verify);
        return verification.report(RunOutcome.VERIFIED).verified().verification();
    }

    private void undo(Migration run, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }
}
