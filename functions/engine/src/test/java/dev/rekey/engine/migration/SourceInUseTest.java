package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The source of a run is the target of another that has not ended. */
final class SourceInUseTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String INTO_SOURCE =
            Plans.ONE.replace("src-{table}", "raw-{table}").replace("dst-{table}", "src-{table}");
    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.memory().createTable(World.shape("raw-A", KeyType.S));
        world.fill("src-A", 3);
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    private static String refused(Prepared prepared) {
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANALYZE", "VALIDATE", "TEST", "MIGRATE"})
    void whatAnUnfinishedRunWritesToIsNotRead(Action action) {
        world.load("raw-A", record("id", "ghost", "v", "x"));
        var writer = Migration.begun(world, INTO_SOURCE);
        writer.copy(1);
        var reader =
                start("reader").asking(new RunOptions(Optional.empty(), Optional.of("A"), Optional.empty(), false));
        assertThat(refused(reader.prepare(action, Plans.ONE, YES)))
                .contains("source table src-A is being written by run " + writer.run());
        writer.rollback();
        // The one that was refused holds nothing.
        assertThat(start("later").prepare(action, Plans.ONE, YES)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aRunIsNotVerifiedWhileItsSourceIsBeingWritten() {
        var migrated = Migration.begun(world, Plans.ONE);
        assertThat(migrated.migrate().failures()).isZero();
        migrated.report(RunOutcome.MIGRATED);
        world.time().sleep(Duration.ofSeconds(1));
        var writer = Migration.begun(world, INTO_SOURCE);
        assertThat(refused(
                        start("verify").prepareOn(Action.VERIFY, migrated.run().value(), YES)))
                .contains("src-A is being written by run " + writer.run());
    }

    @Test
    void aRunWhoseSourceIsBeingWrittenIsNotResumedAndKeepsItsTables() {
        var stopped = Migration.begun(world, Plans.ONE);
        world.time().sleep(Duration.ofSeconds(1));
        var writer = Migration.begun(world, INTO_SOURCE);
        assertThat(refused(
                        start("resume").prepareOn(Action.RESUME, stopped.run().value(), YES)))
                .contains("src-A is being written by run " + writer.run());
        assertThat(refused(start("other").prepare(Action.MIGRATE, Plans.ONE, YES)))
                .contains("dst-A is being written by run " + stopped.run());
        writer.rollback();
        assertThat(start("again").prepareOn(Action.RESUME, stopped.run().value(), YES))
                .isInstanceOf(Prepared.Ready.class);
    }
}
