package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs of a part of a plan: some tables, the records with some value, both; then the rest. */
final class ScopeTest {
    private static final Scope TENANT_1 = new Scope(List.of(), Map.of("tenant", "1"));
    private static final Scope LINES = new Scope(List.of(new TableName("Lines")), Map.of());

    private static final String IN_PLACE =
            Plans.inPlace("A: { set: { y: done } }", "Lines: { references: { a: A }, set: { y: done } }");
    private static final String COPIED = Plans.of("A: {}", "Lines: { references: { a: A } }");

    private final World world = new World();

    ScopeTest() {
        world.create("A", KeyType.S);
        world.create("Lines", KeyType.S);
        for (int i = 0; i < 6; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 2)));
            world.load("src-Lines", record("id", "l" + i, "a", "a" + i, "tenant", String.valueOf(i % 2)));
        }
    }

    private Migration prepared(String plan, Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "part").asking(RunOptions.within(scope));
        return new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
    }

    private Migration migrated(String plan, Scope scope) {
        var migration = prepared(plan, scope);
        assertThat(migration.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        return migration;
    }

    /** Of another tenant, it is nothing that the run works on; but it is there. */
    @Test
    void aReferenceToARecordOutsideTheScopeThatComesLateStays() {
        var plan = Plans.inPlace("A: {}", "Lines: { references: { a: { family: A, onOrphan: removeReference } } }");
        var child = record("id", "late", "a", "soon", "tenant", "1");
        world.load("src-Lines", child);
        var migration = prepared(plan, TENANT_1);
        assertThat(migration.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        migration.begin();
        world.load("src-A", record("id", "soon", "tenant", "0"));
        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("src-Lines")).contains(child);
    }

    private void rollBack(Migration migration, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan)).rollback();
    }

    private List<String> done(String table) {
        return world.items("src-" + table).stream()
                .filter(item -> item.containsKey("y"))
                .map(item -> item.get("id").s())
                .sorted()
                .toList();
    }

    @Test
    void onlyRecordsOfTheValueAreChanged() {
        var before = world.dump();
        var part = migrated(IN_PLACE, TENANT_1);
        assertThat(done("A")).containsExactly("a1", "a3", "a5");
        assertThat(done("Lines")).containsExactly("l1", "l3", "l5");
        var rest = migrated(IN_PLACE, Scope.ALL);
        assertThat(done("Lines")).hasSize(6);
        assertThat(rest.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.UPDATED, 6L)
                .containsEntry(Counted.IDENTICAL, 6L);
        rollBack(rest, IN_PLACE);
        assertThat(done("A")).containsExactly("a1", "a3", "a5");
        rollBack(part, IN_PLACE);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void onlyTheTableIsChanged() {
        migrated(IN_PLACE, LINES);
        assertThat(done("A")).isEmpty();
        assertThat(done("Lines")).hasSize(6);
    }

    @Test
    void aRecordThatLeftTheScopeAfterItWasChangedHasMoved() {
        var part = migrated(IN_PLACE, TENANT_1);
        world.change("src-A", record("id", "a1", "tenant", "1", "y", "done"), "tenant", "2");
        var found = part.again("verify").verify(1);
        assertThat(found.failures()).isZero();
        assertThat(found.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.verdict()).isEqualTo(Verdict.MOVED));
    }

    @Test
    void bothTogether() {
        migrated(IN_PLACE, new Scope(LINES.tables(), TENANT_1.where()));
        assertThat(done("A")).isEmpty();
        assertThat(done("Lines")).containsExactly("l1", "l3", "l5");
    }

    @Test
    void aReferenceThatLeavesTheScopeMustFindItsRecordInTheTarget() {
        var run = prepared(COPIED, LINES);
        var refused = run.validate();
        run.report(RunOutcome.REFUSED);
        assertThat(refused.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(refused.problems()).extracting(Problem::id).contains("reference.orphan");
        assertThat(world.items("dst-Lines")).isEmpty();

        migrated(COPIED, new Scope(List.of(new TableName("A")), Map.of()));
        assertThat(world.items("dst-A")).hasSize(6);
        assertThat(world.items("dst-Lines")).isEmpty();
        migrated(COPIED, LINES);
        var ids = world.items("dst-A").stream().map(item -> item.get("id").s()).collect(Collectors.toSet());
        assertThat(world.items("dst-Lines"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(ids).contains(line.get("a").s()));
    }

    @Test
    void tenantByTenantACopyIsWhole() {
        migrated(COPIED, new Scope(List.of(), Map.of("tenant", "0")));
        assertThat(world.items("dst-Lines")).hasSize(3);
        migrated(COPIED, TENANT_1);
        assertThat(world.items("dst-Lines")).hasSize(6);
        var again = migrated(COPIED, Scope.ALL);
        assertThat(again.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.IDENTICAL, 12L);
    }

    @Test
    void numbersAndTruthsAreMeantByTheirText() {
        world.load("src-A", Map.of("id", record("id", "n1").get("id"), "rank", AttributeValue.fromN("7.0")));
        migrated(IN_PLACE, new Scope(List.of(), Map.of("rank", "7")));
        assertThat(done("A")).containsExactly("n1");
    }

    @Test
    void aScopeThatSelectsNothingIsRefused() {
        var analysis =
                prepared(IN_PLACE, new Scope(List.of(), Map.of("tenant", "9"))).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.problems()).extracting(Problem::id).contains("scope.empty");

        var unknown = new Start(world, "unknown")
                .asking(RunOptions.within(new Scope(List.of(new TableName("Nope")), Map.of())))
                .prepare(Action.MIGRATE, IN_PLACE, Optional.of("p"));
        assertThat(((Prepared.Refused) unknown).cause())
                .contains("plan p has no table \"Nope\"")
                .contains("A, Lines");
    }
}
