package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What others do to the source and the target while a run works is reported, and takes no good run back. */
final class OthersWorkTest {
    private static final String REFERRING = Plans.of("A: {}", "B: { references: { a: A } }");
    private static final String LENIENT = Plans.of("A: {}", "B: { references: { a: { family: A, onOrphan: %s } } }");
    private static final String KEEPING = "A: { identity: { rule: keep }, onConflict: skip%s }";

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.fill("src-A", 12);
        world.load("src-B", record("id", "b", "a", "r3"));
    }

    private static Map<Counted, Long> verdicts(LevelResult result, String table) {
        return result.tables().get(new TableName(table));
    }

    @Test
    void aNewChildOfANewParentIsReportedWithBothRecords() {
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        assertThat(migration.verify(1).failures()).isZero();
        world.load("src-A", record("id", "new", "v", "created while level 2 waits"));
        world.load("src-B", record("id", "b2", "a", "new"));
        migration.copy(2);
        var result = migration.verify(2);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "B")).containsEntry(Counted.MATCHED, 2L).containsEntry(Counted.LATE_REFERENCE, 1L);
        var child = migration.mapped("B", record("id", "b2", "a", "new"));
        assertThat(result.differences()).singleElement().satisfies(one -> {
            assertThat(one.record()).contains(child.get("id").s());
            assertThat(one.attributes()).containsExactly("a");
            assertThat(one.refersTo().orElseThrow().family().value()).isEqualTo("A");
            assertThat(one.refersTo().orElseThrow().id().canonical()).isEqualTo("new");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "keep", "removeReference"})
    void aParentThatIsDeletedBeforeItsCopyIsReported(String onOrphan) {
        var migration = Migration.begun(world, LENIENT.formatted(onOrphan));
        world.delete("src-A", record("id", "r3", "v", "value 3"));
        var result = migration.migrate();
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "B")).containsEntry(Counted.GONE_REFERENCE, 1L);
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.GONE_REFERENCE, 1L));
    }

    @Test
    void aParentThatTheRunNeverWroteAndSomebodyDeletesIsReportedOnce() {
        world.load("dst-A", record("id", "r3", "v", "value 3"));
        var migration =
                Migration.begun(world, Plans.of("A: { identity: { rule: keep } }", "B: { references: { a: A } }"));
        migration.copy(1);
        world.delete("dst-A", record("id", "r3", "v", "value 3"));
        assertThat(verdicts(migration.verify(1), "A")).containsEntry(Counted.DRIFTED, 1L);
        migration.copy(2);
        var result = migration.verify(2);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "B")).containsOnly(Map.entry(Counted.MATCHED, 1L));
    }

    @Test
    void aReferenceToARecordThatTheCopyLostIsAFailure() {
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        world.delete("dst-A", migration.mapped("A", record("id", "r3", "v", "value 3")));
        assertThat(verdicts(migration.verify(1), "A")).containsEntry(Counted.MISSING, 1L);
        migration.copy(2);
        assertThat(verdicts(migration.verify(2), "B")).containsEntry(Counted.DANGLING, 1L);
    }

    /** 1,000 failures say enough of the records that the analysis read; of others nobody knows yet whose work they are. */
    @Test
    void afterAThousandFailuresOnlyRecordsThatTheAnalysisDidNotReadAreLookedFor() {
        int records = 1_200;
        world.fill("src-A", records);
        IntStream.range(0, records).forEach(i -> world.load("src-B", record("id", "b" + i, "a", "r" + i)));
        world.delete("src-B", record("id", "b"));
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        IntStream.range(0, records).forEach(i -> world.delete("dst-A", migration.mapped("A", record("id", "r" + i))));
        // Not in the source at the analysis, and not there now.
        IntStream.range(0, 900).forEach(i -> world.load("src-B", record("id", "new" + i, "a", "gone" + i)));
        migration.copy(2);
        var asked = new AtomicInteger();
        world.faults().before("query", "src-A", 0, Integer.MAX_VALUE, asked::incrementAndGet);
        var verdicts = verdicts(migration.verify(2), "B");
        assertThat(verdicts).containsEntry(Counted.DANGLING, 1L * records).containsEntry(Counted.GONE_REFERENCE, 900L);
        assertThat(asked.get()).isBetween(900 + 1_000, 900 + records - 1);
    }

    /** As if a worker had passed over it: it was there at the analysis, and is there still. */
    @Test
    void aRecordThatTheCopyPassedOverIsAFailure() {
        var migration = Migration.begun(world, REFERRING);
        var passedOver = record("id", "r5", "v", "value 5");
        world.delete("src-A", passedOver);
        migration.copy(1);
        world.load("src-A", passedOver);
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.MISSING, 1L);
        assertThat(result.failures()).isEqualTo(1);
    }

    @Test
    void anEditOfARecordThatTheRunNeverWroteIsReported() {
        world.load("dst-A", record("id", "r1", "v", "value 1"));
        var migration = Migration.begun(world, Plans.of(KEEPING.formatted("")));
        migration.copy(1);
        world.load("dst-A", record("id", "r1", "v", "edited by the application"));
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "A")).containsEntry(Counted.DRIFTED, 1L).containsEntry(Counted.MATCHED, 11L);
        assertThat(result.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.attributes()).containsExactly("v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", onDrift: fail", ", onDrift: report"})
    void anEditOfARecordThatTheRunWroteIsAFailureOnlyWhereThePlanSaysSo(String onDrift) {
        world.load("dst-A", record("id", "before"));
        assertDrift(onDrift, onDrift.endsWith("fail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", onDrift: fail", ", onDrift: report"})
    void anEditInATableThatBeganEmptyIsAFailureOnlyWhereThePlanSaysSo(String onDrift) {
        assertDrift(onDrift, onDrift.endsWith("fail"));
    }

    /** A customer of the copy is given a new name while the run compares: the run stays, and says so. */
    @Test
    void aTouchedCopyTakesNoRunBack() {
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        var touched = migration.mapped("A", record("id", "r3", "v", "value 3"));
        world.change("dst-A", touched, "v", "edited");
        assertThat(migration.verify(1).failures()).isZero();
        migration.copy(2);
        assertThat(migration.verify(2).failures()).isZero();
        var report = migration.report(RunOutcome.MIGRATED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).containsOnly(Map.entry(Counted.DRIFTED, 1L));
        assertThat(report.ending().message())
                .contains("1 drifted", "What is drifted stays until you change it.")
                .doesNotContain("gone");
    }

    @Test
    void whereDriftFailsTheMessageNamesTheCauseAndTheOption() {
        var migration = Migration.begun(world, Plans.of("A: { onDrift: fail }"));
        migration.copy(1);
        world.change("dst-A", migration.mapped("A", record("id", "r3", "v", "value 3")), "v", "edited");
        assertThat(migration.verify(1).message()).contains("altered", "somebody else did", "onDrift: report");
    }

    @Test
    void whereDriftFailsARecordThatOthersCreateInATableThatBeganEmptyIsUnexpected() {
        var migration = Migration.begun(world, Plans.of("A: { onDrift: fail }"));
        migration.copy(1);
        world.load("dst-A", record("id", "theirs"));
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.UNEXPECTED, 1L);
        assertThat(result.message()).contains("unexpected", "somebody else did", "onDrift: report");
    }

    /** What stands there may be anybody's by now; but what we logged is not what the source record becomes. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ onDrift: report }"})
    void aRecordThatWasLoggedWrongIsOurFailureWhateverStandsThere(String options) {
        var migration = Migration.begun(world, Plans.of("A: " + options));
        migration.copy(1);
        logOtherContent(migration);
        world.change("dst-A", migration.mapped("A", record("id", "r3", "v", "value 3")), "v", "edited");
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.ALTERED, 1L);
        assertThat(result.message()).doesNotContain("onDrift");
    }

    private void logOtherContent(Migration migration) {
        var log = new UndoLog(world.documents(world.invocation()), migration.folder());
        var object = log.objects(new TableName("A"), new Segment(0, 1)).getFirst();
        var batch = log.read(object);
        world.objects().delete(object.key());
        var other = RecordDigest.of(record("other", "content"));
        var entries = batch.entries().stream()
                .map(one -> new LogEntry(one.origin(), one.key(), one.operation(), other, one.expires()))
                .toList();
        assertThat(log.append(new LogBatch(batch.header(), entries))).isTrue();
    }

    private void assertDrift(String onDrift, boolean fails) {
        var migration = Migration.begun(world, Plans.of(KEEPING.formatted(onDrift)));
        migration.copy(1);
        world.change("dst-A", record("id", "r1"), "v", "edited");
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(fails ? Counted.ALTERED : Counted.DRIFTED, 1L);
        assertThat(result.failures()).isEqualTo(fails ? 1 : 0);
    }

    @Test
    void whatStoodThereBeforeOurWriteIsAFailureInAnyCase() {
        var before = record("id", "r1", "v", "before");
        world.load("dst-A", before);
        var plan = Plans.of("A: { identity: { rule: keep }, onConflict: overwrite, onDrift: report }");
        var migration = Migration.begun(world, plan);
        migration.copy(1);
        world.load("dst-A", before);
        world.delete("dst-A", record("id", "r2", "v", "value 2"));
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.ALTERED, 1L).containsEntry(Counted.MISSING, 1L);
        assertThat(result.failures()).isEqualTo(2);
    }

    @Test
    void aRecordThatOthersCreateInATableThatBeganEmptyIsReported() {
        var migration = Migration.begun(world, Plans.ONE);
        migration.copy(1);
        world.load("dst-A", record("id", "theirs"));
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "A")).containsEntry(Counted.DRIFTED, 1L);
        assertThat(result.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.record()).contains("theirs"));
    }

    /** As if another run had migrated between the look at the target and the lock. */
    @Test
    void aTargetThatIsFilledAfterItWasFoundEmptyRefusesTheRun() {
        var migration = Migration.prepared(world, Plans.ONE);
        world.load("dst-A", record("id", "theirs"));
        var analysis = migration.validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.message()).contains("target.filled").contains("theirs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "removeReference"})
    void anOrphanWhoseRecordComesBeforeTheCopyIsReportedAndTheNextRunBringsIt(String onOrphan) {
        world.load("src-B", record("id", "b2", "a", "soon"));
        var plan = LENIENT.formatted(onOrphan);
        var migration = Migration.next(world, plan);
        world.load("src-A", record("id", "soon", "v", "x"));
        var result = migration.migrate();
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "B")).containsEntry(Counted.LATE_REFERENCE, 1L);
        assertThat(result.differences()).anySatisfy(one -> {
            assertThat(one.verdict()).isEqualTo(Verdict.LATE_REFERENCE);
            assertThat(one.refersTo().orElseThrow().id().canonical()).isEqualTo("soon");
        });
        migration.report(RunOutcome.MIGRATED);
        var second = Migration.migrated(world, plan);
        assertThat(world.items("dst-B")).contains(second.mapped("B", record("id", "b2", "a", "soon")));
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
    }

    @Test
    void aRunThatMetALateParentIsMigratedAndSaysWhatRemains() {
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        migration.verify(1);
        world.load("src-A", record("id", "new", "v", "x"));
        world.load("src-B", record("id", "b2", "a", "new"));
        migration.copy(2);
        migration.verify(2);
        var report = migration.report(RunOutcome.MIGRATED);
        assertThat(report.ending().outcome()).isEqualTo("migrated");
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).containsOnly(Map.entry(Counted.LATE_REFERENCE, 1L));
        assertThat(report.ending().message()).contains("Run the plan again").doesNotContain("gone or drifted");
    }

    @Test
    void lateRecordsThatBecomeOneAreACollisionEvenIfTheyAreAlike() {
        world.create("A", KeyType.N);
        world.load("src-A", numbered(1));
        var migration = Migration.begun(world, Plans.of("A: { identity: { rule: derive, digits: 1 } }"));
        IntStream.range(2, 14).forEach(i -> world.load("src-A", numbered(i)));
        world.pageLimit(1);
        migration.copy(1);
        var result = migration.verify(1);
        int there = world.items("dst-A").size();
        assertThat(there).isLessThan(13);
        assertThat(verdicts(result, "A")).containsEntry(Counted.COLLIDED, 13L - there);
        assertThat(result.failures()).isEqualTo(13 - there);
        assertThat(result.differences()).extracting(Difference::verdict).containsOnly(Verdict.COLLIDED);
    }

    private static Map<String, AttributeValue> numbered(int id) {
        return Map.of("id", AttributeValue.fromN("" + id), "kind", AttributeValue.fromS("x"));
    }

    @Test
    void aRecordThatOnlyASupersededAttemptWroteGetsAVerdict() {
        var migration = Migration.begun(world, Plans.ONE);
        world.faults().after("putAll", "dst-A", 0, 1, Faults.crash());
        try {
            var _ = migration.copyInvocation("A");
        } catch (Faults.Crash crash) {
            world.waitForLeases();
        }
        assertThat(world.items("dst-A")).hasSize(12);
        world.delete("src-A", record("id", "r4", "v", "value 4"));
        world.delete("src-A", record("id", "r5", "v", "value 5"));
        migration.copy(1);
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsOnly(Map.entry(Counted.MATCHED, 10L), Map.entry(Counted.GONE, 2L));
        assertThat(result.differences())
                .extracting(Difference::record)
                .containsExactlyInAnyOrderElementsOf(List.of(4, 5).stream()
                        .map(i -> migration.mapped("A", record("id", "r" + i, "v", "value " + i)))
                        .map(item -> "{\"id\":{\"S\":\"" + item.get("id").s() + "\"}}")
                        .toList());
    }

    @Test
    void aRecordThatASupersededAttemptWasToReplaceAndNobodyWroteIsNoFailure() {
        world.load("dst-A", record("id", "r4", "v", "before"));
        var migration = Migration.begun(world, Plans.of("A: { identity: { rule: keep }, onConflict: overwrite }"));
        world.faults().after("create", "/log/A/", 0, 1, Faults.crash());
        try {
            var _ = migration.copyInvocation("A");
        } catch (Faults.Crash crash) {
            world.waitForLeases();
        }
        assertThat(world.items("dst-A")).hasSize(1);
        world.delete("src-A", record("id", "r4", "v", "value 4"));
        migration.copy(1);
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "A")).containsOnly(Map.entry(Counted.MATCHED, 11L));
    }

    /** Verification reads several pages together, and finds the records of all of them in the log. */
    @Test
    void aRecordBehindManyPagesThatThePlanLeavesOutIsNeitherGoneNorLate() {
        world.fill("src-A", 100);
        var records = world.items("src-A");
        IntStream.range(0, 5).forEach(i -> world.change("src-A", records.get(20 * i), "kind", "open"));
        var migration = Migration.begun(world, Plans.of("A: { where: { kind: open } }"));
        world.pageLimit(1);
        migration.copy(1);
        world.pageLimit(10);
        var verdicts = verdicts(migration.verify(1), "A");
        assertThat(verdicts).containsOnly(Map.entry(Counted.MATCHED, 5L));
    }

    @Test
    void anAnalysisOfWhichAPartIsLostSaysNothingOfOthers() {
        var migration = Migration.begun(world, REFERRING);
        migration.copy(1);
        world.load("src-A", record("id", "late", "v", "late"));
        world.objects().contents().keySet().stream()
                .filter(key -> key.contains("/joins/analyze/"))
                .toList()
                .forEach(key -> world.objects().delete(new dev.rekey.engine.store.Objects.ObjectKey(key)));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> migration.verify(1)))
                .hasMessageContaining("Restore the objects from an earlier version of the bucket");
    }
}
