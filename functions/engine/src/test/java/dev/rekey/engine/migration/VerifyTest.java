package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Change;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every verdict, and what happens to the source between the copy and its verification. */
final class VerifyTest {
    private static final String PLAN = Plans.of("A: {}", "B: { references: { a: A } }");
    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.fill("src-A", 12);
        world.load("src-B", record("id", "b", "a", "r3"));
    }

    private Migration copied(String plan) {
        var migration = Migration.begun(world, plan);
        migration.copy(1);
        return migration;
    }

    private static Map<Counted, Long> verdicts(LevelResult result, String table) {
        return result.tables().get(new TableName(table));
    }

    private Map<String, AttributeValue> target(Migration migration, int i) {
        return migration.mapped("A", record("id", "r" + i, "v", "value " + i));
    }

    @Test
    void allIsWell() {
        var result = copied(PLAN).verify(1);
        assertThat(verdicts(result, "A")).containsExactlyEntriesOf(Map.of(Counted.MATCHED, 12L));
        assertThat(result.failures()).isZero();
    }

    @Test
    void whatIsMissingIsReported() {
        var migration = copied(PLAN);
        world.delete("dst-A", target(migration, 3));
        migration.verify(1);
        migration.copy(2);
        migration.verify(2);
        assertThat(migration.report(RunOutcome.VERIFIED).verified().differences())
                .extracting(Difference::verdict)
                .contains(Verdict.MISSING);
    }

    @Test
    void missingIsAFailureAndWhatOthersChangedIsNot() {
        var migration = copied(PLAN);
        world.delete("dst-A", target(migration, 3));
        var changed = new java.util.HashMap<>(target(migration, 4));
        changed.put("v", AttributeValue.fromS("else"));
        changed.put("w", AttributeValue.fromS("more"));
        world.load("dst-A", changed);
        var result = migration.verify(1);
        assertThat(verdicts(result, "A"))
                .containsEntry(Counted.MISSING, 1L)
                .containsEntry(Counted.DRIFTED, 1L)
                .containsEntry(Counted.MATCHED, 10L);
        assertThat(result.failures()).isOne();
        assertThat(result.differences())
                .anyMatch(one ->
                        one.verdict() == Verdict.DRIFTED && one.attributes().equals(List.of("v", "w")));
    }

    @Test
    void aReferenceWhoseRecordIsNotInTheTargetDangles() {
        var migration = copied(PLAN);
        world.delete("dst-A", target(migration, 3));
        migration.verify(1);
        migration.copy(2);
        var result = migration.verify(2);
        assertThat(verdicts(result, "B")).containsEntry(Counted.DANGLING, 1L).containsEntry(Counted.MATCHED, 1L);
        assertThat(result.failures()).isEqualTo(1);
    }

    @Test
    void whatTheSourceDidSinceIsNoFailure() {
        var migration = copied(PLAN);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.load("src-A", record("id", "late", "v", "late"));
        world.delete("src-A", record("id", "r2", "v", "value 2"));
        var result = migration.verify(1);
        assertThat(verdicts(result, "A"))
                .containsEntry(Counted.MOVED, 1L)
                .containsEntry(Counted.LATE, 1L)
                .containsEntry(Counted.GONE, 1L)
                .containsEntry(Counted.MATCHED, 10L);
        assertThat(result.failures()).isZero();
        var digests = result.reading().digests().get(new TableName("A"));
        assertThat(digests.get("expected")).isEqualTo(digests.get("found"));
        assertThat(digests.get("expected").count()).isEqualTo(12);
    }

    @Test
    void aMovedRecordThatPointsToALateOneDoesNotDangle() {
        var migration = copied(PLAN);
        migration.verify(1);
        migration.copy(2);
        world.load("src-A", record("id", "late", "v", "late"));
        world.load("src-B", record("id", "b", "a", "late"));
        var result = migration.verify(2);
        assertThat(verdicts(result, "B")).containsEntry(Counted.MOVED, 1L).doesNotContainKey(Counted.DANGLING);
        assertThat(result.failures()).isZero();
    }

    @Test
    void aRecordThatWasThereBeforeIsNoFailureAndASkippedOneNeither() {
        var plan = Plans.of("A: { identity: { rule: keep }, onConflict: skip }");
        world.load("dst-A", record("id", "before"));
        world.load("dst-A", record("id", "r1", "v", "other"));
        var result = copied(plan).verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.PREEXISTING, 1L).containsEntry(Counted.SKIPPED, 1L);
        assertThat(result.failures()).isZero();
    }

    /** The slices that the probe reads hold none of them. */
    @Test
    void aTargetOfAFewLargeRecordsIsNotEmpty() {
        IntStream.range(0, 5).forEach(i -> world.load("dst-A", record("id", "large" + i, "v", "x".repeat(390 * 1024))));
        var migration = copied(PLAN);
        assertThat(migration.manifest().table(new TableName("A")).targetWasEmpty())
                .isFalse();
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsEntry(Counted.PREEXISTING, 5L);
        assertThat(result.failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void mostOfTheSourceMayBeGone(int pageLimit) {
        world.fill("src-A", 60);
        var migration = Migration.begun(world, PLAN);
        world.pageLimit(pageLimit);
        migration.copy(1);
        var order = world.items("src-A");
        order.subList(0, 50).forEach(item -> world.delete("src-A", item));
        var result = migration.verify(1);
        assertThat(verdicts(result, "A"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Counted.GONE, 50L, Counted.MATCHED, 10L));
    }

    @Test
    void aVerificationIsGoneOnWithInInvocationsOfOnePage() {
        var migration = Migration.begun(world, PLAN);
        world.pageLimit(3);
        migration.copy(1);
        world.pageLimit(2);
        world.load("src-A", record("id", "late", "v", "late"));
        world.delete("src-A", world.items("src-A").get(4));
        world.readSlowly("src-A");
        int invocations = 1;
        while (migration.verifyInvocation("A", world.invocation()) instanceof SegmentOutcome.More) {
            invocations++;
        }
        assertThat(invocations).isGreaterThan(5);
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(verdicts(result, "A").values().stream().mapToLong(n -> n).sum())
                .isEqualTo(13);
    }

    @Test
    void anAlteredReferenceShowsItsIdsAndNothingElseItsValue() {
        var migration = copied(PLAN);
        migration.verify(1);
        migration.copy(2);
        var there = world.items("dst-B").getFirst();
        var changed = new java.util.HashMap<>(there);
        changed.put("a", AttributeValue.fromS("another"));
        changed.put("secret", AttributeValue.fromS("hush"));
        world.load("dst-B", changed);
        var changes = migration.verify(2).differences().getFirst().changes();
        assertThat(changes)
                .containsExactly(
                        new Change(
                                "a",
                                "S",
                                "S",
                                Optional.of("{\"S\":\"" + there.get("a").s() + "\"}"),
                                Optional.of("{\"S\":\"another\"}")),
                        new Change("secret", "absent", "S", Optional.empty(), Optional.empty()));
    }

    @Test
    void theSameContentHasTheSameDigestsInAnyOrder() {
        var first = copied(PLAN);
        var digests = first.verify(1).reading().digests().get(new TableName("A"));
        assertThat(digests.get("expected").count()).isEqualTo(12);
        assertThat(digests.get("expected")).isEqualTo(digests.get("found")).isEqualTo(digests.get("target"));
        world.pageLimit(2);
        world.load("dst-A", target(first, 3));
        assertThat(first.again("again").verify(1).reading().digests().get(new TableName("A")))
                .isEqualTo(digests);
    }

    @Test
    void noMoreThanAHundredDifferencesStandInTheReportAndAllInItsFile() {
        world.fill("src-A", 300);
        var migration = copied(PLAN);
        IntStream.range(0, 130).forEach(i -> world.delete("dst-A", target(migration, i)));
        IntStream.range(130, 290).forEach(i -> world.delete("src-A", record("id", "r" + i, "v", "value " + i)));
        migration.verify(1);
        var report = migration.report(RunOutcome.VERIFIED);
        assertThat(report.verified().differences()).hasSize(100).allMatch(Difference::fails);
        var file = new ObjectKey(report.verified().differenceFiles().getFirst());
        assertThat(world.documents(world.invocation()).lines(file, Difference.class))
                .hasSize(290)
                .filteredOn(Difference::fails)
                .hasSize(130);
    }

    @Test
    void whatThePlanLeavesOutIsNoAlarmNeitherBeforeNorAfterItChanges() {
        world.load("src-A", record("id", "out", "v", "value 1"));
        var migration = copied(Plans.of("A: { where: { v: value 1 } }"));
        world.load("src-A", record("id", "r5", "v", "changed, and still left out"));
        world.load("src-A", record("id", "new", "v", "left out"));
        var result = migration.verify(1);
        assertThat(verdicts(result, "A")).containsExactlyEntriesOf(Map.of(Counted.MATCHED, 2L));
        assertThat(result.differences()).isEmpty();
    }
}
