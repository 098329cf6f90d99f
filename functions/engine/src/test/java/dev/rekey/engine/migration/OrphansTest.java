package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** References without a record: found before, treated as the plan says, and no dangling reference afterwards. */
final class OrphansTest {
    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        world.load("src-B", record("id", "b2", "a", "nobody"));
    }

    private static String plan(String onOrphan) {
        return Plans.of("A: {}", "B: { references: { a: { family: A, onOrphan: %s } } }".formatted(onOrphan));
    }

    @Test
    void anOrphanRefusesTheMigration() {
        var migration = Migration.prepared(world, plan("fail"));
        var analysis = migration.validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.message()).contains("reference.orphan");
        assertThat(migration.report(RunOutcome.REFUSED).ending().error()).contains("Rekey.NotReady");
        assertThat(migration.control().phase()).isEqualTo(Phase.REFUSED);
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void anOrphanIsKept() {
        var migration = Migration.begun(world, plan("keep"));
        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("dst-B"))
                .anyMatch(item -> AttributeValue.fromS("nobody").equals(item.get("a")));
    }

    @Test
    void anOrphanIsRemoved() {
        var migration = Migration.begun(world, plan("removeReference"));
        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("dst-B")).anyMatch(item -> !item.containsKey("a"));
    }

    @Test
    void aRecordThatIsAlreadyInTheTargetIsNoOrphan() {
        world.load("dst-A", record("id", "somebody else's"));
        var prepared = Migration.prepared(world, plan("fail"));
        world.load("dst-A", prepared.mapped("A", record("id", "nobody")));
        assertThat(prepared.validate().verdict()).isEqualTo(Readiness.READY);
        prepared.begin();
        assertThat(world.items("dst-B")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "removeReference"})
    void anotherRunMeetsNoConflictWhereTheFirstTreatedAnOrphan(String onOrphan) {
        var first = Migration.begun(world, plan(onOrphan));
        assertThat(first.migrate().failures()).isZero();
        first.report(RunOutcome.MIGRATED);
        world.time().sleep(Duration.ofSeconds(1));
        var again = Migration.prepared(world, plan(onOrphan)).validate();
        assertThat(again.blockers()).isEmpty();
        assertThat(again.decided()).extracting(FindingGroup::id).containsExactly("reference.orphan");
        assertThat(again.problems())
                .extracting(Problem::severity, Problem::path)
                .containsExactly(tuple(Severity.NOTE, "tables.B.references.a"));
        assertThat(again.verdict()).isEqualTo(Readiness.READY);
    }

    @Test
    void whatTheFilterLeavesOutIsAnOrphan() {
        var plan = Plans.of(
                "A: { where: \"{% $record.id != 'a1' %}\" }",
                "B: { references: { a: { family: A, onOrphan: keep } } }");
        var migration = Migration.prepared(world, plan);
        assertThat(migration.validate().orphans()).hasSize(2);
    }
}
