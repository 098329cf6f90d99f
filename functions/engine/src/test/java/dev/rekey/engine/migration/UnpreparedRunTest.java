package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.UnpreparedRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The process dies after each request of a preparation in turn. What is left is seen, can be ended, and does no harm. */
final class UnpreparedRunTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String READY = "ready";
    private static final String NO_RUN = "there is no run";
    private static final String UNPREPARED = "is being prepared, or stopped during preparation";

    /** What a run comes to that is gone on with in one way, and how often, over all moments. */
    private final Map<String, Integer> seen = new TreeMap<>();

    private static World world() {
        var world = new World();
        world.create("A", KeyType.S);
        world.fill("src-A", 3);
        return world;
    }

    private static Start start(World world, String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    /** What another execution makes of the run. */
    private record Other(World world, Start begun, Prepared prepared) {
        static Other on(World world, Start first, Action action) {
            var start = UnpreparedRunTest.start(world, action.word());
            return new Other(world, start, start.prepareOn(action, first.task().value(), YES));
        }

        boolean isReady() {
            return prepared instanceof Prepared.Ready;
        }

        Migration migration() {
            return new Migration(world, Plans.ONE, begun, (Prepared.Ready) prepared);
        }
    }

    /** Kills a preparation after each of its requests, in a world of its own each, and hands over what is left. */
    private void eachMoment(BiConsumer<World, Start> then) {
        for (int moment = 0; ; moment++) {
            var world = world();
            var start = start(world, "first");
            world.faults().crashAfter(moment);
            try {
                start.prepare(Action.MIGRATE, Plans.ONE, YES);
                assertThat(moment).isGreaterThan(10);
                return;
            } catch (Faults.Crash _) {
                world.faults().crashNoMore();
                then.accept(world, start);
            }
        }
    }

    private void note(Prepared prepared) {
        var kind = switch (prepared) {
            case Prepared.Ready _ -> READY;
            case Prepared.Refused refused ->
                Stream.of(NO_RUN, UNPREPARED)
                        .filter(refused.cause()::contains)
                        .findFirst()
                        .orElseThrow();
        };
        seen.merge(kind, 1, Integer::sum);
    }

    private static void migrate(Migration migration) {
        assertThat(migration.validate().blockers()).isEmpty();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
    }

    private static Optional<Control> control(World world, Start start) {
        var documents = world.documents(world.invocation());
        return documents
                .find(new RunFolder(start.task()).control(), Control.class)
                .map(found -> found.value());
    }

    private static List<String> locks(World world) {
        return world.objects().contents().entrySet().stream()
                .filter(object -> object.getKey().startsWith("locks/"))
                .map(object -> object.getKey() + new String(object.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    @Test
    void itIsResumedToItsEndOrToldToBeNothing() {
        eachMoment((world, first) -> {
            var other = Other.on(world, first, Action.RESUME);
            note(other.prepared());
            if (other.isReady()) {
                migrate(other.migration());
            } else {
                // It does not keep the next run from its tables.
                migrate(Migration.prepared(world, Plans.ONE));
            }
        });
        assertThat(seen).containsOnlyKeys(NO_RUN, UNPREPARED, READY);
    }

    @Test
    void itIsRolledBackToNothing() {
        eachMoment((world, first) -> {
            var before = world.dump();
            var other = Other.on(world, first, Action.ROLLBACK);
            note(other.prepared());
            if (other.isReady()) {
                assertThat(other.migration().rollback().ending().error()).isEmpty();
            }
            assertThat(world.dump()).isEqualTo(before);
            migrate(Migration.prepared(world, Plans.ONE));
        });
        assertThat(seen).containsOnlyKeys(NO_RUN, UNPREPARED, READY);
    }

    @Test
    void whoeverStopsItIsNotSurprisedByItLater() {
        eachMoment((world, first) -> {
            var locks = locks(world);
            boolean begun = control(world, first).isPresent();
            var _ = Other.on(world, first, Action.STOP);
            if (begun) {
                var late = first.prepare(Action.MIGRATE, Plans.ONE, YES);
                assertThat(late).isInstanceOf(Prepared.Refused.class);
                assertThat(locks(world)).as("stopping takes no lock").isEqualTo(locks);
            }
        });
    }

    @Test
    void itIsStoppedWithoutAnExecutionWhileItStillGoesOn() {
        var world = world();
        var first = start(world, "first");
        world.faults().before("create", "manifest.json", () -> {
            var documents = world.documents(world.invocation());
            var run = UnpreparedRun.find(documents, first.task()).orElseThrow();
            assertThat(run.stop(documents).orElseThrow().control().phase()).isEqualTo(Phase.REFUSED);
        });
        assertThat(first.prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Prepared.Refused.class);
        assertThat(locks(world)).isEmpty();
    }

    @Test
    void aPreparationThatMayNotGoOnLeavesNoRunThatLooksUnfinished() {
        var world = world();
        world.faults().before("scan", "src-A", 0, 100, () -> {
            throw new StoreException(StoreException.Kind.DENIED, "may not read");
        });
        var first = start(world, "first");
        assertThat(first.prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Prepared.Refused.class);
        assertThat(control(world, first).orElseThrow().phase()).isEqualTo(Phase.REFUSED);
    }

    @Test
    void ofTwoPlansTheOneCountsThatWasFrozen() {
        var world = world();
        var first = start(world, "first");
        world.faults().before("create", "manifest.json", Faults.crash());
        assertThatThrownBy(() -> first.prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Faults.Crash.class);
        var changed = Plans.ONE + "\nlimits: { writeUnitsPerSecond: 7 }\n";
        assertThat(first.prepare(Action.MIGRATE, changed, YES)).isInstanceOf(Prepared.Ready.class);
        assertThat(control(world, first).orElseThrow().limits()).isEqualTo(Limits.NONE);
    }
}
