package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.command.ManualTime;
import dev.rekey.cli.command.RunFiles;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressReaderTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private final InMemoryObjects bucket = new InMemoryObjects();
    private final ManualTime time = new ManualTime();
    private final Documents documents = new Documents(bucket, new Backoff(time, new Random(1), time.instant()));
    private final RunFiles files = new RunFiles(bucket, RUN);

    @Test
    void nothingIsKnownWhileARunIsPrepared() {
        assertThat(reader(false).read()).isEmpty();
    }

    @Test
    void readingCountsWhatWasRead() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 100)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 30L, Counted.UNMAPPABLE, 2L))
                .checkpoint(Stage.ANALYZE, 1, false, Map.of(Counted.READ, 10L));

        assertThat(reader(false).read()).contains(new Progress(Activity.READING, 40, 100, 40, 100));
    }

    @Test
    void migratingIsCopyingAndVerifying() {
        files.prepared("migrate", Phase.MIGRATING, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 100L, Counted.CREATED, 99L))
                .checkpoint(
                        Stage.verify(RUN, "source"),
                        0,
                        false,
                        Map.of(Counted.MATCHED, 20L, Counted.MISSING, 1L, Counted.DANGLING, 9L));

        assertThat(reader(false).read()).contains(new Progress(Activity.MIGRATING, 100, 100, 121, 200));
    }

    @Test
    void rollingBackIsMeasuredByWhatWasCopied() {
        files.prepared("migrate", Phase.ROLLING_BACK, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 60L))
                .checkpoint(Stage.ROLLBACK, 0, false, Map.of(Counted.DELETED, 15L));

        assertThat(reader(false).read()).contains(new Progress(Activity.ROLLING_BACK, 15, 60, 15, 60));
    }

    @Test
    void aVerificationOfAnEarlierRunIsOneOfItsOwn() {
        files.prepared("migrate", Phase.MIGRATED, "arn", 100)
                .checkpoint(Stage.verify(RUN, "source"), 0, true, Map.of(Counted.MATCHED, 50L));

        assertThat(reader(true).read()).contains(new Progress(Activity.VERIFYING, 50, 100, 50, 100));
    }

    @Test
    void whatIsFinishedIsReadOnce() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 100)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 30L))
                .checkpoint(Stage.ANALYZE, 1, false, Map.of(Counted.READ, 10L));
        var reader = reader(false);
        assertThat(reader.read()).map(Progress::records).contains(40L);
        files.checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 999L))
                .checkpoint(Stage.ANALYZE, 1, true, Map.of(Counted.READ, 20L));

        assertThat(reader.read()).map(Progress::records).contains(50L);
    }

    private ProgressReader reader(boolean verifying) {
        return new ProgressReader(documents, RUN, RUN, verifying);
    }
}
