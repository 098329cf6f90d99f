package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.workflow.WatchState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that hold locks are found, with the time for which they are paused. */
final class WatchTest {
    private final World world = new World();

    WatchTest() {
        world.create("A", KeyType.S);
        world.load("src-A", record("id", "a"));
    }

    private WatchState.Watched watched() {
        return new WatchState(world.ports(world.invocation())).run();
    }

    @Test
    void whereNoRunHoldsALockNothingIsFound() {
        assertThat(watched()).isEqualTo(new WatchState.Watched(List.of(), Duration.ZERO));
    }

    @Test
    void aPausedRunIsFoundWithItsLock() {
        var run = Migration.begun(world, Plans.ONE);
        assertThat(watched().longestPause()).isZero();
        var _ = new Pausing(world.documents(world.invocation()), run.folder(), world.time()).pause();
        world.time().sleep(Duration.ofHours(20));
        var watched = watched();
        assertThat(watched.longestPause()).isEqualTo(Duration.ofHours(20));
        assertThat(watched.runs()).singleElement().satisfies(held -> {
            assertThat(held.run()).isEqualTo(run.run());
            assertThat(held.locks()).singleElement().asString().endsWith("/dst-A.json");
        });
    }

    @Test
    void aRunWhoseControlIsGoneIsFoundByItsLock() {
        var run = Migration.begun(world, Plans.ONE);
        world.objects().delete(run.folder().control());
        assertThat(watched().runs()).singleElement().satisfies(held -> {
            assertThat(held.run()).isEqualTo(run.run());
            assertThat(held.control()).isEmpty();
        });
    }
}
