package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Prepared;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on with a run under another execution. */
final class ResumeTest {
    private static final Optional<String> YES = Optional.of("p");
    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a1"));
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    private ObjectKey key(Prepared.Ready ready, String name) {
        return new ObjectKey("runs/" + ready.run() + "/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "ABORTED", "TIMED_OUT"})
    void aRunGoesOnHoweverItsExecutionEnded(String status) {
        var migration = Migration.begun(world, Plans.ONE);
        world.executions().stands(migration.control().execution(), new ExecutionState.Ended(status));
        var again = start("again");
        var resumed = new Migration(world, Plans.ONE, again, again.ready(Action.RESUME, migration.run(), Plans.ONE));
        assertThat(resumed.migrate().failures()).isZero();
        assertThat(resumed.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
    }

    @Test
    void aTestThatHasNotWrittenIsResumedAsItWasAskedFor() {
        var options = new RunOptions(Optional.empty(), Optional.of("A"), Optional.of("a1"), true);
        var test = start("test").asking(options).ready(Action.TEST, Plans.ONE);
        assertThat(test.options()).isEqualTo(options);
        var resumed = start("again").ready(Action.RESUME, test.run(), Plans.ONE);
        assertThat(resumed.next()).isEqualTo(Prepared.Next.TEST);
        assertThat(resumed.action()).isEqualTo("test");
        assertThat(resumed.options()).isEqualTo(options);
    }

    @Test
    void whatAFailureLeadsToIsFrozenUnlessSomebodySaysOtherwise() {
        var stop = new RunOptions(Optional.of(OnFailure.STOP), Optional.empty(), Optional.empty(), false);
        var rollback = new RunOptions(Optional.of(OnFailure.ROLLBACK), Optional.empty(), Optional.empty(), false);
        var run = start("first").asking(stop).ready(Action.MIGRATE, Plans.ONE).run();
        assertThat(start("second").ready(Action.RESUME, run, Plans.ONE).options())
                .isEqualTo(stop);
        assertThat(start("third")
                        .asking(rollback)
                        .ready(Action.RESUME, run, Plans.ONE)
                        .options())
                .isEqualTo(rollback);
    }

    @Test
    void anAnalysisIsResumedWithoutTheLocksOfItsTargets() {
        var analysis = start("analyze").ready(Action.ANALYZE, Plans.ONE);
        assertThat(start("migrate").prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Prepared.Ready.class);
        assertThat(start("resume")
                        .ready(Action.RESUME, analysis.run(), Plans.ONE)
                        .next())
                .isEqualTo(Prepared.Next.ANALYZE);
        assertThat(start("undo")
                        .ready(Action.ROLLBACK, analysis.run(), Plans.ONE)
                        .next())
                .isEqualTo(Prepared.Next.UNDO);
    }

    @Test
    void documentsOfANewerFormatAreRefused() {
        var run = start("first").ready(Action.MIGRATE, Plans.ONE);
        for (var name : List.of("control.json", "manifest.json")) {
            var content = world.objects().get(key(run, name)).orElseThrow().content();
            var newer = new String(content, StandardCharsets.UTF_8).replace("\"format\":1", "\"format\":2");
            world.objects().put(key(run, name), newer.getBytes(StandardCharsets.UTF_8));
            var prepared = start("again").prepareOn(Action.RESUME, run.run().value(), YES);
            assertThat(prepared).isInstanceOf(Prepared.Refused.class);
            assertThat(((Prepared.Refused) prepared).cause())
                    .contains(name)
                    .contains("has format 2")
                    .contains("Use the version of Rekey that wrote it, or a newer one");
            world.objects().put(key(run, name), content);
        }
        assertThat(start("again").ready(Action.RESUME, run.run(), Plans.ONE).epoch())
                .isEqualTo(2);
    }

    @Test
    void aLimitThatIsChangedAtTheSameTimeStaysAndKeepsNobodyFromGoingOn() {
        var migration = Migration.begun(world, Plans.ONE);
        world.executions().stands(migration.control().execution(), new ExecutionState.Ended("ABORTED"));
        var limits = new Limits(Optional.of(7), Optional.empty());
        world.faults()
                .before(
                        "replace",
                        "/control.json",
                        () -> new ControlObject(world.documents(world.invocation()), migration.folder())
                                .change(control -> Optional.of(control.within(limits))));
        start("again").ready(Action.RESUME, migration.run(), Plans.ONE);
        assertThat(migration.control().limits()).isEqualTo(limits);
        assertThat(migration.control().epoch()).isEqualTo(migration.epoch() + 1);
    }
}
