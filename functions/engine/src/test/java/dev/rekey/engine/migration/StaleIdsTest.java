package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ErrorNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Old ids that a migration has left in the target, because nobody declared that they stand there. */
final class StaleIdsTest {
    private static final String PLAN =
            Plans.of("A: { checks: { accept: [latest] } }", "B: { references: { a: A }, checks: { accept: [copy] } }");
    private static final String DECLARED = Plans.of("A: { onDrift: report }", "B: { references: { a: A } }");
    private static final Map<String, AttributeValue> A = record("id", uuid("a"), "name", "one");

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

    /** What a verification says of a run whose target held an old id before, and after {@code meanwhile}. */
    private RunReport verifiedAfter(Consumer<Migration> meanwhile) {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", A);
        world.load("src-B", record("id", uuid("b"), "a", uuid("a")));
        world.load("dst-B", record("id", "earlier", "copy", uuid("a")));
        var migration = Migration.begun(world, DECLARED);
        migration.migrate();
        var _ = migration.report(RunOutcome.MIGRATED);
        meanwhile.accept(migration);
        var start = new Start(world, "verification");
        var verification = new Migration(world, DECLARED, start, start.ready(Action.VERIFY, migration.run(), DECLARED));
        verification.verify(1);
        verification.verify(2);
        return verification.report(RunOutcome.VERIFIED);
    }

    @Test
    void anOldIdThatTheTargetHeldBeforeIsNotTheRuns() {
        var report = verifiedAfter(_ -> {});
        assertThat(report.verified().stale()).isEmpty();
        assertThat(report.ending().error()).isEmpty();
    }

    @Test
    void anOldIdInARecordOfTheRunFailsTheVerification() {
        var report = verifiedAfter(run -> world.change("dst-A", run.mapped("A", A), "parent", uuid("a")));
        assertThat(report.ending().error()).contains(ErrorNames.VERIFICATION_FAILED);
        assertThat(report.ending().message()).contains("Cannot confirm run", "1 old id remains", "A.parent", "checks");
    }
}
