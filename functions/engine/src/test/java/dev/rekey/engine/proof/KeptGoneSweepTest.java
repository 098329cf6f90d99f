package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.InMemoryTables;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run that keeps what is gone. */
final class KeptGoneSweepTest extends GoneSweepContract {
    @Override
    Start firstMigration() {
        return super.firstMigration().asking(RunOptions.NOTHING.keepingGone(true));
    }

    /** So that there is something to copy, and to take back. */
    @Override
    void goOn(InMemoryTables tables) {
        GoneExhibit.found(tables);
    }

    @Test
    void whatIsGoneIsNamedNoMore() {
        var first = firstMigrated();
        assertThat(first.execution().report().orElseThrow().verified().remaining())
                .doesNotContainKeys(Counted.GONE, Counted.DRIFTED);
        var site = first.site().copy();
        var next = new Execution(start(site, Action.MIGRATE, "next", Optional.empty()), site);
        assertThat(next.run()).isEqualTo(Result.MIGRATED);
        assertThat(next.report().orElseThrow().verified().remaining())
                .doesNotContainKeys(Counted.GONE, Counted.DRIFTED);
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
