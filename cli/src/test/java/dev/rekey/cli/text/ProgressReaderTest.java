package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.command.ManualTime;
import dev.rekey.cli.command.RunFiles;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.status.ProgressReader;
import dev.rekey.engine.status.RunProgress;
import dev.rekey.engine.status.WriteTrial;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressReaderTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final Instant LATER = Instant.parse("2026-01-02T03:10:00Z");
    private static final TableName CONTACTS = new TableName("Contacts");
    private static final TableName PEOPLE = new TableName("People");
    private static final Stage VERIFY = Stage.verify(RUN, "source");

    /** Just after the execution has begun. */
    private Instant now = Instant.parse("2026-01-02T03:04:10Z");

    private final InMemoryObjects bucket = new InMemoryObjects();
    private final ManualTime time = new ManualTime();
    private final Documents documents = new Documents(bucket, new Backoff(time, new Random(1), time.instant()));
    private final RunFiles files = new RunFiles(bucket, RUN);

    @Test
    void nothingIsKnownWhileARunIsPrepared() {
        assertThat(reader(false).read(now)).isEmpty();
    }

    @Test
    void readingCountsWhatWasRead() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 100)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 30L, Counted.UNMAPPABLE, 2L))
                .checkpoint(Stage.ANALYZE, 1, false, Map.of(Counted.READ, 10L));

        assertThat(words(false)).isEqualTo("reading, 40 %: read 40 of 100 records");
    }

    @Test
    void twoKindsInOneTableAreExpectedToHaveItsRecordsOnce() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 100).withKind(PEOPLE);
        assertThat(words(false)).isEqualTo("reading, 0 %: read 0 of 100 records");

        files.checkpoint(Stage.ANALYZE, 0, Map.of(CONTACTS, 20L, PEOPLE, 30L));
        assertThat(words(false)).isEqualTo("reading, 50 %: read 50 of 100 records");
        assertThat(reader(false).read(now).orElseThrow().tables())
                .extracting(RunProgress.OfTable::expected)
                .containsExactly(70L, 30L);
    }

    @Test
    void whatTheAnalysisHasCountedIsExpectedOfTheCopy() {
        analyzed(Phase.MIGRATING, 120, 90)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 60L, Counted.CREATED, 59L));

        assertThat(words(false)).isEqualTo("copying, 33 %: copied 60 of 90 records, verified 0");
    }

    @Test
    void whatIsCopiedIsVerifiedNext() {
        analyzed(Phase.MIGRATING, 120, 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 60L))
                .checkpoint(Stage.COPY, 1, true, Map.of(Counted.READ, 40L))
                .checkpoint(VERIFY, 0, false, Map.of(Counted.MATCHED, 20L, Counted.MISSING, 1L, Counted.DANGLING, 9L));

        assertThat(words(false)).isEqualTo("verifying, 60 %: copied 100 of 100 records, verified 21");
    }

    @Test
    void aTableIsAt100PercentWhenAllItsSegmentsAreThroughAndNotBefore() {
        analyzed(Phase.MIGRATING, 120, 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 100L))
                .checkpoint(Stage.COPY, 1, true, Map.of())
                .checkpoint(VERIFY, 0, true, Map.of(Counted.MATCHED, 100L));
        assertThat(words(false)).startsWith("verifying, 99 %");
        assertThat(reader(false).read(now).orElseThrow().tables().getFirst().share())
                .isLessThan(1);

        files.checkpoint(VERIFY, 1, true, Map.of());
        assertThat(reader(false).read(now).orElseThrow().tables().getFirst().share())
                .isEqualTo(1);
        assertThat(words(false)).contains("100 %");
    }

    @Test
    void undoingIsMeasuredByWhatWasWritten() {
        files.prepared("migrate", Phase.ROLLING_BACK, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 70L, Counted.CREATED, 60L))
                .checkpoint(Stage.ROLLBACK, 0, false, Map.of(Counted.DELETED, 15L));

        assertThat(words(false)).isEqualTo("undoing, 25 %: undone 15 of 60 records");
    }

    @Test
    void aVerificationOfAnEarlierRunIsOneOfItsOwn() {
        files.prepared("migrate", Phase.MIGRATED, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 80L))
                .checkpoint(VERIFY, 0, true, Map.of(Counted.MATCHED, 40L));

        assertThat(words(true)).isEqualTo("verifying, 50 %: verified 40 of 80 records");
    }

    @Test
    void theRateIsThatOfTheLastHalfMinute() {
        now = LATER;
        files.prepared("analyze", Phase.ANALYZING, "arn", 1_000)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 100L), ago(600), ago(500))
                .checkpoint(Stage.ANALYZE, 1, false, Map.of(Counted.READ, 300L), ago(30), ago(0));

        assertThat(words(false))
                .isEqualTo("reading, 40 %: read 400 of 1,000 records, 10 records/s, 1:00 left at this rate");
    }

    @Test
    void aRunThatGivesNoSignOfLifeHasNoRateAndNoTimeLeft() {
        now = LATER;
        files.prepared("analyze", Phase.ANALYZING, "arn", 1_000)
                .checkpoint(Stage.ANALYZE, 0, false, Map.of(Counted.READ, 400L), ago(300), ago(45));

        assertThat(words(false)).isEqualTo("reading, 40 %: read 400 of 1,000 records, no sign of life for 45.0 s");
    }

    /** Its workers can tell nobody: what they would write is refused, too. */
    @Test
    void aSilentRunIsExplainedByABucketThatRefusesWrites() {
        now = LATER;
        files.prepared("analyze", Phase.ANALYZING, "arn", 1_000)
                .checkpoint(Stage.ANALYZE, 0, false, Map.of(Counted.READ, 400L), ago(300), ago(80));
        var trying = new ProgressReader(
                documents, RUN, RUN, false, Optional.of(new WriteTrial(bucket, new RunFolder(RUN))), Optional.empty());
        assertThat(ProgressText.line(trying.read(now).orElseThrow())).endsWith("no sign of life for 1:20");
        assertThat(bucket.contents().keySet()).noneMatch(key -> key.endsWith("trial"));

        refuse(StoreException.Kind.UNAVAILABLE, "no space left on device");
        now = LATER.plusSeconds(20);
        assertThat(ProgressText.line(trying.read(now).orElseThrow()))
                .endsWith("no sign of life for 1:40, S3 refuses writes (no space left on device);"
                        + " the run continues by itself when it accepts them");

        refuse(StoreException.Kind.DENIED, "the key is disabled");
        now = LATER.plusSeconds(40);
        assertThat(ProgressText.line(trying.read(now).orElseThrow()))
                .endsWith("S3 denies writes, at least with your credentials (the key is disabled)");
    }

    private void refuse(StoreException.Kind kind, String fact) {
        bucket.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                if (call.name().equals("put")) {
                    throw new StoreException(kind, "Cannot write s3://b/k: " + fact + ". Nothing was changed. Wait.");
                }
            }

            @Override
            public void after(Call call) {}
        });
    }

    /** Those that worked before have nothing to do with it. */
    @Test
    void anExecutionThatHasJustBegunIsASignOfLife() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 1_000)
                .checkpoint(
                        Stage.ANALYZE,
                        0,
                        false,
                        Map.of(Counted.READ, 400L),
                        now.minusSeconds(300),
                        now.minusSeconds(200));

        assertThat(words(false)).isEqualTo("reading, 40 %: read 400 of 1,000 records");
    }

    @Test
    void aPausedRunSaysSinceWhenAndNoRate() {
        now = LATER;
        files.prepared("analyze", Phase.ANALYZING, "arn", 1_000)
                .checkpoint(Stage.ANALYZE, 0, false, Map.of(Counted.READ, 400L), ago(300), ago(45))
                .control(Control.start(Phase.ANALYZING, "arn")
                        .paused(ago(40))
                        .within(new Limits(Optional.empty(), Optional.of(500))));

        assertThat(words(false))
                .isEqualTo("reading, 40 %: read 400 of 1,000 records, paused since 2026-01-02T03:09:20Z (40.0 s),"
                        + " limit 500 write units/s");
    }

    @Test
    void whatIsFinishedIsReadOnce() {
        files.prepared("analyze", Phase.ANALYZING, "arn", 100)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 30L))
                .checkpoint(Stage.ANALYZE, 1, false, Map.of(Counted.READ, 10L));
        var reader = reader(false);
        assertThat(reader.read(now)).map(RunProgress::records).contains(40L);
        files.checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, 999L))
                .checkpoint(Stage.ANALYZE, 1, true, Map.of(Counted.READ, 20L));

        assertThat(reader.read(now)).map(RunProgress::records).contains(50L);
    }

    /** Of a rollback, which a run's migration came before. */
    @Test
    void theExecutionBeforeIsNotTheBeginningOfThisOne() {
        files.prepared("migrate", Phase.MIGRATED, "arn:migration", 100);
        var rollback = new ProgressReader(
                documents, RUN, RUN, false, Optional.empty(), Optional.of(new ExecutionArn("arn:rollback")));
        assertThat(rollback.read(now)).isEmpty();

        files.control(Control.start(Phase.ROLLING_BACK, "arn:rollback"));
        assertThat(rollback.read(now))
                .map(ProgressText::line)
                .hasValueSatisfying(line -> assertThat(line).startsWith("undoing"));
    }

    private RunFiles analyzed(Phase phase, long estimated, long counted) {
        return files.prepared("migrate", phase, "arn", estimated)
                .checkpoint(Stage.ANALYZE, 0, true, Map.of(Counted.READ, counted))
                .checkpoint(Stage.ANALYZE, 1, true, Map.of());
    }

    private static Instant ago(int seconds) {
        return LATER.minus(Duration.ofSeconds(seconds));
    }

    private String words(boolean verifying) {
        return ProgressText.line(reader(verifying).read(now).orElseThrow());
    }

    private ProgressReader reader(boolean verifying) {
        return new ProgressReader(documents, RUN, RUN, verifying);
    }
}
