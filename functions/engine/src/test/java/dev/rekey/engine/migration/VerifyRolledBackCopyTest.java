package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Copies that were rolled back in part are neither lost nor the work of other writers. */
final class VerifyRolledBackCopyTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        onConflict: overwrite
        tables:
          A: {}
          B: { references: { a: A } }
        """;
    private static final Undoing B = new Undoing(Optional.of("B"), false, Drift.KEEP, false);
    private static final int RECORDS = 12;

    private final World world = new World();

    VerifyRolledBackCopyTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record("id", "a" + i));
            world.load("src-B", record("id", "b" + i, "a", "a" + i));
        }
        world.load("dst-B", record("id", "b3", "a", "what stood there"));
        world.pageLimit(5);
    }

    private RunReport report(Action action, Migration run) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, action.word()).undoing(action == Action.ROLLBACK ? B : Undoing.ALL);
        var one = new Migration(world, PLAN, start, start.ready(action, run.run(), PLAN));
        if (action == Action.ROLLBACK) {
            return one.rollback();
        }
        for (int level = 1; level <= one.manifest().levels().size(); level++) {
            one.verify(level);
        }
        return one.report(RunOutcome.VERIFIED);
    }

    @Test
    void aTableThatWasRolledBackIsNamed() {
        var run = Migration.migrated(world, PLAN);
        report(Action.ROLLBACK, run);
        assertThat(world.items("dst-B")).containsExactly(record("id", "b3", "a", "what stood there"));
        var report = report(Action.VERIFY, run);
        assertThat(Counted.ROLLED_BACK.in(report.verified().verification())).isEqualTo(RECORDS);
        assertThat(report.ending().message())
                .isEqualTo(
                        "Every source record is in the target with the expected content, except 12 records rolled back in part (B).");
        assertThat(report.verified().remaining()).isEmpty();
    }

    @Test
    void whatOthersWroteThereSinceIsTheirs() {
        var run = Migration.migrated(world, PLAN);
        report(Action.ROLLBACK, run);
        world.load("dst-B", record("id", "b1", "a", "theirs"));
        var report = report(Action.VERIFY, run);
        assertThat(Counted.ROLLED_BACK.in(report.verified().verification())).isEqualTo(RECORDS - 1);
        assertThat(report.verified().remaining()).containsOnlyKeys(Counted.DRIFTED);
    }

    /** They are not in the target as the plan says, because the plan leaves what stands there. */
    @Test
    void skippedRecordsAreNamed() {
        var run = Migration.migrated(world, PLAN.replace("overwrite", "skip"));
        var message = report(Action.VERIFY, run).ending().message();
        assertThat(message)
                .isEqualTo("Every source record is in the target with the expected content, except 1 record skipped.");
        report(Action.ROLLBACK, run);
        assertThat(report(Action.VERIFY, run).ending().message())
                .endsWith(", except 1 record skipped and 11 records rolled back in part (B).");
    }

    @Test
    void theLedgerSaysWhichPartIsRolledBack() {
        var run = Migration.migrated(world, PLAN);
        report(Action.ROLLBACK, run);
        assertThat(Stored.entries(world.documents(world.invocation()), run.run()).stream()
                        .map(LedgerEntry::decision)
                        .filter(Decision.RollbackStarted.class::isInstance)
                        .map(Decision.RollbackStarted.class::cast))
                .extracting(Decision.RollbackStarted::part)
                .containsExactly(Optional.of(new Scope(List.of(new TableName("B")), Map.of())));
    }
}
