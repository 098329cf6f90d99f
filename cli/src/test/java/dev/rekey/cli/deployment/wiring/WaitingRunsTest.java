package dev.rekey.cli.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.command.RunFiles;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.InMemoryObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingRunsTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final RunId LATER = new RunId("20260103T030405678Z-0123abcd");

    private final InMemoryObjects bucket = new InMemoryObjects();

    @ParameterizedTest
    @EnumSource(names = {"ANALYZING", "MIGRATING", "ROLLING_BACK"})
    void anUnfinishedMigrationWaits(Phase phase) {
        prepared(RUN, "migrate", phase);
        prepared(LATER, "test", Phase.TESTING);
        assertThat(waiting()).containsExactly(RUN, LATER);
    }

    @ParameterizedTest
    @CsvSource({"analyze, ANALYZING", "validate, ANALYZING", "migrate, MIGRATED", "test, TESTED", "migrate, REFUSED"})
    void whatHasEndedOrWritesNothingDoesNot(String action, Phase phase) {
        prepared(RUN, action, phase);
        assertThat(waiting()).isEmpty();
    }

    /** 'rekey stop' ends it. */
    @Test
    void aRunThatStoppedWhileItWasPreparedDoesNot() {
        prepared(RUN, "migrate", Phase.ANALYZING);
        bucket.delete(new RunFolder(RUN).manifest());
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatCannotBeReadCountsAsMissing() {
        prepared(RUN, "migrate", Phase.MIGRATING);
        prepared(LATER, "migrate", Phase.MIGRATING);
        bucket.put(new RunFolder(LATER).control(), "{\"format\": 1, \"pha".getBytes(StandardCharsets.UTF_8));
        assertThat(waiting()).containsExactly(RUN);
    }

    private void prepared(RunId run, String action, Phase phase) {
        var _ = new RunFiles(bucket, run).prepared(action, phase, "arn", 1);
    }

    private List<RunId> waiting() {
        var objects = bucket.contents();
        objects.keySet().removeIf(key -> !WaitingRuns.isAbout(key));
        return WaitingRuns.of(objects);
    }
}
