package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * While a run copies, an application writes one record that the plan cannot map, or whose place is taken: it is late. Only a
 * record that the analysis had, and that is as it was, is a failure.
 */
final class LateMisfitTest {
    private final World world = new World();

    private void isLate(String plan, String table, Map<String, AttributeValue> misfit) {
        var run = Migration.begun(world, plan);
        world.load(table, misfit);
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).containsOnly(Map.entry(Counted.LATE, 1L));
        assertThat(report.work().counts()).containsEntry(Counted.LATE, 1L);
        assertThat(report.ending().message()).contains("correct the late records that no longer fit the plan");
        assertThat(report.verified().differences()).singleElement().satisfies(late -> {
            assertThat(late.verdict()).isEqualTo(Verdict.LATE);
            assertThat(late.attributes()).hasSize(1);
        });
        assertThat(leftOut(run, table.replace("src-", ""))).hasSize(1);
    }

    /** What the log says of records that were met and not written. */
    private List<Key> leftOut(Migration run, String table) {
        var log = new UndoLog(world.documents(world.invocation()), run.folder());
        return log.objects(new TableName(table), new Segment(0, 1)).stream()
                .flatMap(object -> log.read(object).entries().stream())
                .filter(entry -> entry.operation() instanceof Operation.LeftOut)
                .map(entry -> entry.origin().key())
                .toList();
    }

    @Test
    void aReferenceOfAnotherType() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        isLate(
                Plans.of("A: {}", "B: { references: { a: A } }"),
                "src-B",
                Map.of("id", AttributeValue.fromS("b2"), "a", AttributeValue.fromBool(false)));
    }

    @Test
    void aKindThatThePlanDoesNotKnow() {
        world.create("P", KeyType.S);
        world.load("src-P", record("id", "p1", "kind", "1"));
        isLate(Plans.of("One: { from: P, match: { kind: \"1\" } }"), "src-P", record("id", "p2", "kind", "a new one"));
    }

    @Test
    void aValueThatAnExpressionDoesNotTake() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1", "name", "Anna"));
        isLate(
                Plans.of("A: { set: { upper: \"{% $uppercase($record.name) %}\" } }"),
                "src-A",
                Map.of("id", AttributeValue.fromS("a2"), "name", AttributeValue.fromN("7")));
    }

    /** The record was there, and is another by now. */
    @Test
    void aSetOfWhichTwoElementsBecomeOne() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        List.of("a0", "a1", "a2").forEach(id -> world.load("src-A", record("id", id)));
        world.load("src-B", set("a0", "a2"));
        var run = Migration.begun(
                world, Plans.of("A: { merge: { into: { a0: a1 } } }", "B: { references: { \"as[]\": A } }"));
        world.load("src-B", set("a0", "a1", "a2"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsOnly(Map.entry(Counted.LATE, 1L));
        assertThat(world.items("dst-B")).isEmpty();
    }

    /** As the analysis had it before and after; while its page was read, it did not fit. */
    @Test
    void aRecordThatIsCorrectedBeforeItIsVerifiedIsLateAndTheNextRunBringsIt() {
        world.create("A", KeyType.S);
        var right = record("id", "a1", "name", "Anna");
        world.load("src-A", right);
        var plan = Plans.of("A: { set: { upper: \"{% $uppercase($record.name) %}\" } }");
        var run = Migration.next(world, plan);
        world.load("src-A", Map.of("id", AttributeValue.fromS("a1"), "name", AttributeValue.fromN("7")));
        run.copy(1);
        world.load("src-A", right);
        assertThat(run.verify(1).failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsOnly(Map.entry(Counted.LATE, 1L));
        assertThat(run.report(RunOutcome.MIGRATED).ending().message()).doesNotContain("target.conflict");
        var second = Migration.migrated(world, plan);
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        assertThat(world.items("dst-A")).containsExactly(second.mapped("A", right));
    }

    /** It was copied; then the worker died, and the record no longer fits. What was copied stays ours. */
    @Test
    void whatAnEarlierAttemptCopiedOfItIsRolledBack() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1", "name", "Anna"));
        var run = Migration.begun(
                world, Plans.of("A: { identity: { rule: keep }, set: { upper: \"{% $uppercase($record.name) %}\" } }"));
        world.faults().after("put", "dst-A", 0, 1, Faults.crash());
        try {
            var _ = run.copyInvocation("A");
        } catch (Faults.Crash crash) {
            world.waitForLeases();
        }
        assertThat(world.items("dst-A")).hasSize(1);
        world.load("src-A", Map.of("id", AttributeValue.fromS("a1"), "name", AttributeValue.fromN("7")));
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsOnly(Map.entry(Counted.MOVED, 1L));
        run.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    /** As if the plan were another for the copy than for the analysis: that is our failure. */
    @Test
    void aRecordThatTheAnalysisHadIsAFailure() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        var run = Migration.begun(world, Plans.of("A: {}", "B: { references: { a: A } }"));
        run.orphaned("A", "a1");
        run.copy(1);
        assertThatThrownBy(() -> run.copy(2))
                .isInstanceOfSatisfying(
                        SegmentFailed.class,
                        failed -> assertThat(failed.failure().id()).isEqualTo("mapping.orphan"));
    }

    /** The analysis could see neither the record nor what is in its place. */
    @Test
    void aLateRecordWhosePlaceIsTakenIsLate() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1"));
        var run = Migration.begun(world, Plans.of("A: { identity: { rule: keep } }"));
        world.load("dst-A", record("id", "a2", "v", "theirs"));
        world.load("src-A", record("id", "a2", "v", "late"));
        run.copy(1);
        assertThat(run.verify(1).failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L), Map.entry(Counted.DRIFTED, 1L));
        assertThat(world.items("dst-A")).contains(record("id", "a2", "v", "theirs"));
    }

    /** The analysis had the record; its place was free until then. */
    @Test
    void anAnalyzedRecordWhosePlaceIsTakenSinceIsLeftOutAndNothingIsTakenBack() {
        world.create("A", KeyType.S);
        List.of("a1", "a2").forEach(id -> world.load("src-A", record("id", id, "v", "ours")));
        var plan = Plans.of("A: { identity: { rule: keep } }");
        var run = Migration.next(world, plan);
        var theirs = record("id", "a2", "v", "theirs");
        world.load("dst-A", theirs);
        assertThat(run.migrate().failures()).isZero();
        assertThat(leftOut(run, "A")).hasSize(1);
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(report.work().counts()).containsEntry(Counted.CREATED, 1L).containsEntry(Counted.LATE, 1L);
        assertThat(report.ending().message())
                .contains("free the places in the target", "target.conflict")
                .doesNotContain("no longer fit the plan");
        assertThat(report.verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L), Map.entry(Counted.DRIFTED, 1L));
        assertThat(world.items("dst-A")).containsExactlyInAnyOrder(record("id", "a1", "v", "ours"), theirs);
        world.delete("dst-A", theirs);
        var second = Migration.migrated(world, plan);
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        assertThat(world.items("dst-A")).hasSameElementsAs(world.items("src-A"));
    }

    /** Who took the place of a parent leaves it again before anything is verified. */
    @Test
    void aReferenceToARecordThatWasLeftOutIsNoFailure() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        var run = Migration.next(world, Plans.of("A: { identity: { rule: keep } }", "B: { references: { a: A } }"));
        var theirs = record("id", "a1", "v", "theirs");
        world.load("dst-A", theirs);
        run.copy(1);
        world.delete("dst-A", theirs);
        assertThat(run.verify(1).failures()).isZero();
        run.copy(2);
        assertThat(run.verify(2).failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L), Map.entry(Counted.LATE_REFERENCE, 1L));
    }

    /** Orders have a customer and a number as their key; two customers become one. */
    @Test
    void aLateRecordUnderTheKeyOfOneThatFollowsASurvivorIsLate() {
        world.create("Customers", KeyType.S);
        List.of("src-Orders", "dst-Orders")
                .forEach(name -> world.memory()
                        .createTable(new TableShape(
                                new PhysicalTable(name),
                                "000000000000",
                                "eu-west-1",
                                new KeyAttribute("id", KeyType.S),
                                Optional.of(new KeyAttribute("sort", KeyType.S)),
                                Map.of())));
        List.of("c0", "c1").forEach(id -> world.load("src-Customers", record("id", id)));
        world.load("src-Orders", order("c0", "first"));
        var run = Migration.begun(
                world,
                Plans.of(
                        "Customers: { merge: { into: { c0: c1 } } }",
                        "Orders: { key: { id: Customers, sort: keep }, checks: { accept: [id] } }"));
        world.load("src-Orders", order("c1", "second"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsOnly(Map.entry(Counted.LATE, 1L));
        assertThat(world.items("dst-Orders"))
                .singleElement()
                .satisfies(order -> assertThat(order.get("v").s()).isEqualTo("first"));
    }

    private static Map<String, AttributeValue> order(String customer, String content) {
        return record("id", customer, "sort", "1", "v", content);
    }

    private static Map<String, AttributeValue> set(String... ids) {
        return Map.of("id", AttributeValue.fromS("b1"), "as", AttributeValue.fromSs(List.of(ids)));
    }
}
