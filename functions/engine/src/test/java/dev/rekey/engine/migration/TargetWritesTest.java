package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.Faults.noAnswer;
import static dev.rekey.engine.migration.Faults.throttled;
import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the target answers, or does not, and who else writes to it. */
final class TargetWritesTest {
    private final World world = new World();

    @BeforeEach
    void table() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
    }

    private static String keep(String onConflict) {
        return Plans.of("A: { identity: { rule: keep }, onConflict: %s }".formatted(onConflict));
    }

    private Migration begun(String plan) {
        var migration = Migration.begun(world, plan);
        world.pageLimit(5);
        return migration;
    }

    @Test
    void everyOutcomeIsCounted() {
        world.load("dst-A", record("id", "r1", "v", "value 1"));
        world.load("dst-A", record("id", "r2", "v", "other"));
        var migration = begun(keep("skip"));
        migration.copy(1);
        var report = migration.report(RunOutcome.MIGRATED);
        assertThat(report.work().counts())
                .containsEntry(Counted.READ, 12L)
                .containsEntry(Counted.CREATED, 10L)
                .containsEntry(Counted.IDENTICAL, 1L)
                .containsEntry(Counted.SKIPPED, 1L);
        assertThat(world.items("dst-A")).contains(record("id", "r2", "v", "other"));
    }

    @Test
    void aConflictSinceTheAnalysisIsLeftOutAndTheRestOfItsPageIsWritten() {
        var migration = Migration.begun(world, keep("abort"));
        var theirs = record("id", "r2", "v", "other");
        world.load("dst-A", theirs);
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).hasSize(12).contains(theirs);
    }

    @Test
    void aConflictThatIsThereBeforeIsFoundByTheValidation() {
        world.load("dst-A", record("id", "r1", "v", "value 1"));
        world.load("dst-A", record("id", "r2", "v", "other"));
        var before = world.dump();
        var migration = Migration.prepared(world, keep("abort"));
        var analysis = migration.validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        migration.report(RunOutcome.REFUSED);
        assertThat(analysis.blockers()).singleElement().satisfies(conflict -> {
            assertThat(conflict.id()).isEqualTo("target.conflict");
            assertThat(conflict.count()).isEqualTo(1);
            assertThat(conflict.records().examples().getFirst().record()).contains("r2");
        });
        assertThat(world.dump()).isEqualTo(before);
        world.time().sleep(java.time.Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, keep("skip")).validate().verdict()).isEqualTo(Readiness.READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"putAll", "read", "scan"})
    void throttlingIsNoFailure(String request) {
        var migration = begun(Plans.ONE);
        world.faults().before(request, "A", 0, 40, throttled());
        migration.copy(1);
        assertThat(world.faults().left()).isZero();
        assertThat(world.items("dst-A")).hasSize(12);
    }

    @Test
    void throttledConditionalPutsAreMadeAgain() {
        var migration = begun(keep("abort"));
        world.faults().before("put", "dst-A", 3, 60, throttled());
        migration.copy(1);
        assertThat(world.faults().left()).isZero();
        assertThat(world.items("dst-A")).hasSize(12);
        assertThat(migration.verify(1).failures()).isZero();
    }

    @Test
    void whatIsLeftUnprocessedIsAskedForAgain() {
        var asked = new HashMap<Object, Integer>();
        world.memory()
                .leaveUnprocessed(
                        (table, key) -> table.name().equals("dst-A") && asked.merge(key, 1, Integer::sum) % 3 != 0);
        var migration = begun(Plans.ONE);
        migration.copy(1);
        assertThat(world.items("dst-A")).hasSize(12);
        assertThat(migration.verify(1).failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchWithoutAnAnswerIsReadBeforeItIsJudged(boolean done) {
        var before = world.dump();
        var migration = begun(Plans.ONE);
        if (done) {
            world.faults().after("putAll", "dst-A", noAnswer());
        } else {
            world.faults().before("putAll", "dst-A", noAnswer());
        }
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(migration.verify(1).failures()).isZero();
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConditionalPutWithoutAnAnswerIsReadBeforeItIsJudged(boolean done) {
        world.load("dst-A", record("id", "r2", "v", "other"));
        var before = world.dump();
        var migration = begun(keep("overwrite"));
        for (int i = 0; i < 12; i += 2) {
            if (done) {
                world.faults().after("put", "dst-A", i, 1, noAnswer());
            } else {
                world.faults().before("put", "dst-A", i, 1, noAnswer());
            }
        }
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).containsExactlyInAnyOrderElementsOf(world.items("src-A"));
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abort", "skip", "overwrite"})
    void aStrangersRecordBetweenReadAndWriteIsNeverLost(String onConflict) {
        var stranger = record("id", "r4", "v", "theirs");
        var migration = Migration.begun(world, keep(onConflict));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", stranger));
        var outcome = migration.copyInvocation("A");
        assertThat(outcome).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).hasSize(12);
        assertThat(world.items("dst-A").contains(stranger)).isNotEqualTo("overwrite".equals(onConflict));
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(stranger);
    }

    /** Answered, the condition leaves no doubt: the record is theirs, though it is what we would have written. */
    @ParameterizedTest
    @ValueSource(strings = {"abort", "skip", "overwrite"})
    void aStrangersIdenticalRecordBetweenReadAndWriteIsNotOurs(String onConflict) {
        var theirs = record("id", "r4", "v", "value 4");
        var migration = begun(keep(onConflict));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", theirs));
        migration.copy(1);
        assertThat(migration.verify(1).failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.CREATED, 11L)
                .containsEntry(Counted.IDENTICAL, 1L);
        assertThat(migration.rollback().work().counts())
                .containsEntry(Counted.DELETED, 11L)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.items("dst-A")).containsExactly(theirs);
    }

    /** Their record becomes like ours only after the condition has failed. */
    @Test
    void aStrangersRecordThatBecomesIdenticalIsNotOurs() {
        var theirs = record("id", "r4", "v", "value 4");
        var migration = begun(keep("abort"));
        world.faults().before("put", "dst-A", () -> {
            world.load("dst-A", record("id", "r4", "v", "draft"));
            world.faults().before("read", "dst-A", () -> world.load("dst-A", theirs));
        });
        migration.copy(1);
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(theirs);
    }

    /** What the undo log says of the first attempt is taken back by the second, also for those who read it later. */
    @Test
    void anotherWorkerDoesNotTakeAStrangersIdenticalRecordForOurs() {
        var theirs = record("id", "r4", "v", "value 4");
        var migration = begun(keep("abort"));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", theirs));
        world.faults().after("create", "-0002.jsonl.gz", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        assertThat(world.faults().left()).isZero();
        world.waitForLeases();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.IDENTICAL, 1L);
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(theirs);
    }

    @Test
    void aRecordThatAStrangerMadeIdenticalBeforeWeReplacedItIsNotOurs() {
        world.load("dst-A", record("id", "r4", "v", "old"));
        var theirs = record("id", "r4", "v", "value 4");
        var migration = begun(keep("overwrite"));
        world.faults().before("put", "dst-A", 0, 12, () -> world.load("dst-A", theirs));
        migration.copy(1);
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(theirs);
    }

    /** Our record was changed twice: in the source, and by somebody in the target before the second attempt wrote. */
    @Test
    void aRecordOfOursThatSomebodyChangesBeforeWeReplaceItIsDrift() {
        var one = new World();
        one.create("A", KeyType.S);
        one.load("src-A", record("id", "r4", "v", "value 4"));
        var migration = Migration.begun(one, keep("skip"));
        one.faults().after("put", "dst-A", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        assertThat(one.items("dst-A")).containsExactlyElementsOf(one.items("src-A"));
        one.waitForLeases();
        one.load("src-A", record("id", "r4", "v", "newer"));
        var theirs = record("id", "r4", "v", "theirs");
        one.faults().before("put", "dst-A", () -> one.load("dst-A", theirs));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(one.faults().left()).isZero();
        assertThat(migration.rollback().others().drift()).hasSize(1);
        assertThat(one.items("dst-A")).containsExactly(theirs);
    }

    /** They delete it again, and we write: then it is ours, also if the page is done once more. */
    @Test
    void whatWeWriteAfterAStrangersRecordHasGoneIsOurs() {
        var before = world.dump();
        var migration = begun(keep("abort"));
        var theirs = record("id", "r4", "v", "value 4");
        world.faults().before("put", "dst-A", () -> {
            world.load("dst-A", theirs);
            world.faults().before("read", "dst-A", () -> world.delete("dst-A", theirs));
        });
        world.faults().before("put", "dst-A", 7, 1, () -> world.load("dst-A", record("id", "r5", "v", "value 5")));
        migration.copy(1);
        migration.rollback();
        world.items("dst-A").forEach(item -> assertThat(item).isEqualTo(record("id", "r5", "v", "value 5")));
        world.items("dst-A").forEach(item -> world.delete("dst-A", item));
        assertThat(world.dump()).isEqualTo(before);
    }

    /** The first request was done and its answer lost; the second meets it: after a lost answer equal counts as ours. */
    @Test
    void afterALostAnswerWhatEqualsOursIsOurs() {
        var one = new World();
        one.create("A", KeyType.S);
        one.load("src-A", record("id", "r4", "v", "value 4"));
        var before = one.dump();
        var migration = Migration.begun(one, keep("abort"));
        one.faults().before("put", "dst-A", noAnswer());
        // The read of the page comes first, then the one that settles the put.
        one.faults().after("read", "dst-A", 1, 1, () -> one.load("dst-A", record("id", "r4", "v", "value 4")));
        migration.copy(1);
        assertThat(one.faults().left()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.CREATED, 1L);
        migration.rollback();
        assertThat(one.dump()).isEqualTo(before);
    }

    @Test
    void anAttributeThatSomebodyAddsBeforeWeReplaceIsNotLost() {
        world.load("dst-A", record("id", "r4", "v", "old"));
        var grown = record("id", "r4", "v", "old", "added", "theirs");
        var migration = Migration.begun(world, keep("overwrite"));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", grown));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).contains(record("id", "r4", "v", "value 4"));
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(grown);
    }

    @Test
    void whatAConditionCannotHoldIsPutBack() {
        var old = new HashMap<>(record("id", "r4"));
        IntStream.range(0, 200).forEach(i -> old.put("a%03d".formatted(i), AttributeValue.fromS("x")));
        world.load("dst-A", old);
        var changed = new HashMap<>(old);
        changed.put("a199", AttributeValue.fromS("theirs"));
        var migration = Migration.begun(world, keep("overwrite"));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", changed));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(changed);
    }

    @Test
    void whatAConditionCannotSeeIsPutBackAsLongAsTheLeaseLasts() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "r4", "v", "value 4"));
        world.load("dst-A", record("id", "r4", "v", "old"));
        var grown = record("id", "r4", "v", "old", "added", "theirs");
        var migration = Migration.begun(world, keep("overwrite"));
        world.faults().before("put", "dst-A", () -> world.load("dst-A", grown));
        world.faults().after("put", "dst-A", () -> world.time().sleep(Duration.ofSeconds(61)));
        world.faults().before("put", "dst-A", 1, 1, Faults.throttled());
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.faults().left()).isZero();
        assertThat(world.items("dst-A")).containsExactly(grown);
        migration.copy(1);
        migration.rollback();
        assertThat(world.items("dst-A")).containsExactly(grown);
    }

    @Test
    void aRecordThatGrowsBeyondTheLimitIsLate() {
        world.create("B", KeyType.S);
        var plan = Plans.of("A: {}", "B: { references: { a: A } }");
        var migration = Migration.begun(world, plan);
        var large = record("id", "b", "a", "r1", "v", "x".repeat(400 * 1024 - 20));
        world.load("src-B", large);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L));
        assertThat(world.items("dst-B")).isEmpty();
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void nothingIsWrittenAfterTheInvocation() {
        var migration = begun(Plans.ONE);
        var invocation = world.invocation();
        world.faults().after("create", "/log/", () -> world.time().sleep(java.time.Duration.ofMinutes(1)));
        assertThat(migration.copyInvocation("A", invocation)).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.items("dst-A")).isEmpty();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(migration.verify(1).failures()).isZero();
    }

    @Test
    void aWriteThatMayStillBeUnderWayKeepsTheSegmentWhateverEndsThePage() {
        var migration = begun(keep("overwrite"));
        world.faults().before("put", "dst-A", noAnswer());
        world.faults().before("put", "dst-A", 0, 1_000_000, throttled());
        assertThatThrownBy(() -> migration.copyInvocation("A"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Busy.class);
    }

    @Test
    void nothingIsWrittenThatWouldBeginAfterTheInvocation() {
        var migration = Migration.begun(world, Plans.ONE + "limits: { writeUnitsPerSecond: 10 }\n");
        var invocation = world.invocation();
        var late = new ArrayList<Instant>();
        world.faults().before("putAll", "dst-A", 0, 1_000, () -> {
            if (invocation.isOver()) {
                late.add(world.time().instant());
            }
        });
        // The third page has more records than one request may write.
        world.faults().after("putAll", "dst-A", 2, 1, () -> world.time().sleep(Duration.ofSeconds(70)));
        assertThat(migration.copyInvocation("A", invocation)).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.items("dst-A")).hasSize(1 + 4 + 5);
        assertThat(late).isEmpty();
    }
}
