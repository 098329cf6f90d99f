package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.Faults.crash;
import static dev.rekey.engine.migration.Faults.noAnswer;
import static dev.rekey.engine.migration.Faults.throttled;
import static dev.rekey.engine.migration.InPlaceTable.NAME;
import static dev.rekey.engine.migration.InPlaceTable.PLAN;
import static dev.rekey.engine.migration.InPlaceTable.asAfter;
import static dev.rekey.engine.migration.InPlaceTable.asBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.verify.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workers die, answers are lost and conditions fail while records are changed in place. */
final class InPlaceAttemptsTest {
    private static final int RECORDS = 12;
    private World world = new World();
    private InPlaceTable table = InPlaceTable.create(world, RECORDS);

    private Migration begun() {
        var migration = Migration.begun(world, PLAN);
        world.pageLimit(5);
        return migration;
    }

    private void assertChangedThenTakenBack(Migration migration, String before) {
        assertThat(migration.verify(1).failures()).isZero();
        IntStream.range(0, RECORDS).forEach(i -> assertThat(table.item(i)).isEqualTo(asAfter(i)));
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.UPDATED, (long) RECORDS);
        assertThat(migration.rollback().work().counts())
                .containsEntry(Counted.RESTORED, (long) RECORDS)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.dump()).isEqualTo(before);
    }

    private static void diedAndDone(World world, Migration migration) {
        world.faults().crashNoMore();
        world.waitForLeases();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
    }

    /** A worker dies after each request, and the next one in another page size: so pages begin elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 12})
    void whereverAWorkerDiesTheFirstImagesAreKept(int pageAfterwards) {
        for (int requests = 0; ; requests++) {
            world = new World();
            table = InPlaceTable.create(world, RECORDS);
            var before = world.dump();
            var migration = begun();
            world.faults().crashAfter(requests);
            try {
                var outcome = migration.copyInvocation("A");
                assertThat(outcome).isInstanceOf(SegmentOutcome.Done.class);
                assertThat(requests).isGreaterThan(RECORDS + 6);
                return;
            } catch (Faults.Crash _) {
                world.pageLimit(pageAfterwards);
                diedAndDone(world, migration);
                assertChangedThenTakenBack(migration, before);
            }
        }
    }

    /** After a death, the application has changed what decides: what we wrote before is not what was there before us. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 11})
    void whatAnEarlierAttemptWroteIsNoBeforeImage(int updates) {
        var before = new World();
        var twin = InPlaceTable.create(before, RECORDS);
        var migration = Migration.begun(world, InPlaceTable.OVERWRITING);
        world.faults().after("update", NAME, updates - 1, 1, crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        IntStream.range(0, RECORDS).forEach(i -> {
            table.set(i, "x", "changed " + i);
            twin.set(i, "x", "changed " + i);
        });
        diedAndDone(world, migration);
        IntStream.range(0, RECORDS)
                .forEach(i -> assertThat(table.item(i).get("y").s()).isEqualTo("new changed " + i));
        assertThat(migration.verify(1).failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        assertThat(migration.rollback().work().counts()).containsEntry(Counted.RESTORED, (long) RECORDS);
        assertThat(world.dump()).isEqualTo(before.dump());
    }

    /** After a death, the application has removed what decides: what we wrote goes, and nothing is left to take back. */
    @Test
    void whatIsAsBeforeAfterTwoAttemptsIsNotOurs() {
        var plan = Plans.inPlace("A: { onExisting: overwrite, set: { y: \"{% $record.x %}\" } }");
        var migration = Migration.begun(world, plan);
        world.faults().after("update", NAME, 11, 1, crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        IntStream.range(0, RECORDS).forEach(i -> table.remove(i, "x"));
        diedAndDone(world, migration);
        IntStream.range(0, RECORDS)
                .forEach(i -> assertThat(table.item(i)).doesNotContainKey("y").containsKey("z"));
        assertThat(migration.verify(1).failures()).isZero();
        var after = world.dump();
        assertThat(migration.rollback().work().counts()).containsEntry(Counted.UNCHANGED, (long) RECORDS);
        assertThat(world.dump()).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7})
    void aLostAnswerIsSettledByReading(int skip) {
        var before = world.dump();
        var migration = begun();
        world.faults().after("update", NAME, skip, 2, noAnswer());
        world.faults().before("update", NAME, skip + 1, 2, noAnswer());
        world.faults().before("update", NAME, skip, 1, throttled());
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.faults().left()).isZero();
        assertChangedThenTakenBack(migration, before);
    }

    /** The answer was lost, and somebody changed a part of what we wrote: the other part is known as ours. */
    @Test
    void whatALostAnswerWroteIsCarriedOver() {
        var migration = Migration.begun(world, InPlaceTable.OVERWRITING);
        var hit = new AtomicInteger();
        world.faults().after("update", NAME, 0, 1, () -> {
            hit.set(first(item -> item.containsKey("y")));
            table.set(hit.get(), "x", "changed");
            table.set(hit.get(), "z", "theirs");
            noAnswer().run();
        });
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(table.item(hit.get()))
                .doesNotContainKey("z")
                .containsEntry("y", AttributeValue.fromS("new changed"));
        migration.rollback();
        var expected = new HashMap<>(asBefore(hit.get()));
        expected.put("x", AttributeValue.fromS("changed"));
        expected.put("z", AttributeValue.fromS("theirs"));
        assertThat(table.item(hit.get())).isEqualTo(expected);
    }

    private int first(Predicate<Map<String, AttributeValue>> fits) {
        return IntStream.range(0, RECORDS)
                .filter(i -> fits.test(table.item(i)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordThatNeverHoldsStillIsLateAndKeepsNoOtherWaiting() {
        var migration = begun();
        var writes = new AtomicInteger();
        world.faults().before("update", NAME, 0, 1_000, () -> table.set(7, "x", "write " + writes.incrementAndGet()));
        assertThat(migration.copyInvocation("A"))
                .isInstanceOfSatisfying(
                        SegmentOutcome.Done.class,
                        done -> assertThat(done.counts())
                                .containsEntry(Counted.LATE, 1L)
                                .containsEntry(Counted.UPDATED, RECORDS - 1L));
        assertThat(table.item(7)).doesNotContainKey("y").containsKey("z");
        assertThat(writes.get()).isEqualTo(RECORDS - 1 + 5);
        assertThat(migration.verify(1).differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.verdict()).isEqualTo(Verdict.LATE));
        migration.rollback();
        assertThat(table.item(7)).containsKey("z");
    }

    /** A condition said that what stands there is not ours: whoever comes next must know, though it equals ours. */
    @Test
    void theSameValueOfAnotherIsNotTakenBackAfterADeath() {
        var migration = begun();
        world.faults().before("update", NAME, () -> IntStream.range(0, RECORDS).forEach(i -> table.put(asAfter(i))));
        world.faults().after("create", "-01.jsonl.gz", crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        var theirs = world.dump();
        diedAndDone(world, migration);
        assertThat(migration.verify(1).failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        assertThat(migration.rollback().work().counts()).doesNotContainKey(Counted.RESTORED);
        assertThat(world.dump()).isEqualTo(theirs);
    }

    /** Others let a record grow between scan and update until there is no room for what we would write. */
    @Test
    void aRecordThatHasNoRoomAnyMoreIsLate() {
        var migration = begun();
        world.faults().before("update", NAME, () -> table.set(3, "other", "o".repeat(400 * 1024 - 23)));
        assertThat(migration.copyInvocation("A"))
                .isInstanceOfSatisfying(
                        SegmentOutcome.Done.class,
                        done -> assertThat(done.counts()).containsEntry(Counted.LATE, 1L));
        assertThat(migration.verify(1).failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().message())
                .contains("1 late", "Before that, correct the late records that no longer fit the plan");
    }

    /** A rollback that dies after each of its requests, and is done again. */
    @Test
    void aRollbackThatDiesIsDoneAgain() {
        for (int requests = 0; ; requests++) {
            world = new World();
            table = InPlaceTable.create(world, RECORDS);
            var before = world.dump();
            var migration = begun();
            assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
            migration.fence();
            world.faults().crashAfter(requests);
            try {
                assertThat(migration.undoInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
                assertThat(requests).isGreaterThan(RECORDS);
                return;
            } catch (Faults.Crash _) {
                world.faults().crashNoMore();
                world.waitForLeases();
                assertThat(migration.undoInvocation("A"))
                        .isInstanceOfSatisfying(
                                SegmentOutcome.Done.class,
                                done -> assertThat(done.counts()).doesNotContainKey(Counted.DRIFT));
                assertThat(world.dump()).isEqualTo(before);
            }
        }
    }

    @Test
    void anUndoWhoseAnswersAreLostIsSettledByReading() {
        var before = world.dump();
        var migration = begun();
        migration.copy(1);
        world.faults().after("update", NAME, 0, 3, noAnswer());
        world.faults().before("update", NAME, 5, 2, noAnswer());
        migration.rollback();
        assertThat(world.faults().left()).isZero();
        assertThat(world.dump()).isEqualTo(before);
    }
}
