package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record had nothing to be done with while its page was read, and is as the analysis read it before and after. */
final class LeftOutForAMomentTest {
    private static final String SELECTED = "where: { status: open }";
    private final World world = new World();

    LeftOutForAMomentTest() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1", "status", "open"));
        world.load("src-A", record("id", "a2", "status", "open"));
    }

    private long failures(String plan, String... meanwhile) {
        var run = Migration.begun(world, plan);
        world.load("src-A", record(meanwhile));
        run.copy(1);
        world.load("src-A", record("id", "a1", "status", "open"));
        long failures = run.verify(1).failures();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).isEqualTo(Map.of(Counted.LATE, 1L));
        return failures;
    }

    @Test
    void aCopyDidNotLoseARecordThatWhereLeftOut() {
        assertThat(failures(Plans.of("A: { " + SELECTED + " }"), "id", "a1", "status", "closed"))
                .isZero();
    }

    @Test
    void inPlaceItIsNotMissingEither() {
        var plan = Plans.inPlace("A: { " + SELECTED + ", set: { y: done } }");
        assertThat(failures(plan, "id", "a1", "status", "closed")).isZero();
    }

    @Test
    void norIsOneThatTheApplicationHadDoneAndTookBack() {
        var plan = Plans.inPlace("A: { set: { y: done } }");
        assertThat(failures(plan, "id", "a1", "status", "open", "y", "done")).isZero();
    }

    @Test
    void aReferenceToItDoesNotDangle() {
        world.create("B", KeyType.S);
        world.load("src-B", record("id", "b1", "a", "a1"));
        var run = Migration.begun(world, Plans.of("A: { " + SELECTED + " }", "B: { references: { a: A } }"));
        world.load("src-A", record("id", "a1", "status", "closed"));
        run.copy(1);
        world.load("src-A", record("id", "a1", "status", "open"));
        assertThat(run.verify(1).failures()).isZero();
        run.copy(2);
        assertThat(run.verify(2).failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining())
                .isEqualTo(Map.of(Counted.LATE, 1L, Counted.LATE_REFERENCE, 1L));
    }

    /** More of them on a page than are noted one by one. */
    @Test
    void ofManyItIsKnownToo() {
        for (int i = 0; i < 3_000; i++) {
            world.load("src-A", record("id", "closed" + i, "status", "closed"));
        }
        assertThat(failures(Plans.of("A: { " + SELECTED + " }"), "id", "a1", "status", "closed"))
                .isZero();
    }

    /** That others were passed over says nothing of a record that the copy lost. */
    @ParameterizedTest
    @ValueSource(ints = {10, 3_000})
    void aRecordThatTheCopyDidNotReadIsAFailureStill(int closed) {
        for (int i = 0; i < closed; i++) {
            world.load("src-A", record("id", "closed" + i, "status", "closed"));
        }
        var run = Migration.begun(world, Plans.of("A: { " + SELECTED + " }"));
        world.delete("src-A", record("id", "a1", "status", "open"));
        run.copy(1);
        world.load("src-A", record("id", "a1", "status", "open"));
        assertThat(run.verify(1).failures()).isEqualTo(1);
    }
}
