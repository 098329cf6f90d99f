package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Old ids that a migration has left in the target, because nobody declared that they stand there. */
final class StaleIdsTest {
    private static final String PLAN =
            Plans.of("A: { checks: { accept: [latest] } }", "B: { references: { a: A }, checks: { accept: [copy] } }");

    private final World world = new World();

    private static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Records that refer to one another across levels, up and down; only one of the references is declared. */
    private Migration migrated() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 5; i++) {
            var a = uuid("a" + i);
            var b = uuid("b" + i);
            world.load("src-A", record("id", a, "latest", "B#" + b));
            world.load("src-B", record("id", b, "a", a, "copy", a));
        }
        var migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().stale()).isEmpty();
        var _ = migration.report(RunOutcome.MIGRATED);
        return migration;
    }

    @Test
    void verificationFindsThemInAllLevelsAndDoesNotFail() {
        var run = migrated().run();
        var start = new Start(world, "verification");
        var verification = new Migration(world, PLAN, start, start.ready(Action.VERIFY, run, PLAN));
        assertThat(verification.verify(1).stale()).isEmpty();
        var result = verification.verify(2);
        assertThat(result.failures()).isZero();
        assertThat(result.stale())
                .extracting(one -> one.at().table() + "." + one.at().path() + " "
                        + one.at().part() + " " + one.at().family())
                .containsExactlyInAnyOrder("A.latest 2 B", "B.copy 0 A");
        assertThat(result.stale())
                .allMatch(one -> one.values() == 5 && one.distinct() == 5 && one.evidence() == Evidence.STRONG);
        var report = verification.report(RunOutcome.VERIFIED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().stale()).isEqualTo(result.stale());
        assertThat(report.ending().message()).contains("10 old ids");
    }
}
