package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.command.ManualTime;
import dev.rekey.cli.command.RunFiles;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchDisplayTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private final InMemoryObjects bucket = new InMemoryObjects();
    private final ManualTime time = new ManualTime();
    private final Documents documents = new Documents(bucket, new Backoff(time, new Random(1), time.instant()));
    private final RunFiles files = new RunFiles(bucket, RUN);
    private final StringWriter err = new StringWriter();

    private WatchDisplay display() {
        var console = new Console(
                new BufferedReader(new StringReader("")), new PrintWriter(err), new PrintWriter(err), true, false, 120);
        return new WatchDisplay(new ProgressReader(documents, RUN, RUN, false), console, time);
    }

    @Test
    void aRunIsRedrawnInPlaceAndTakenAwayAtItsEnd() {
        files.prepared("migrate", Phase.MIGRATING, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 40L))
                .checkpoint(Stage.COPY, 1, false, Map.of(Counted.READ, 10L));
        try (var display = display()) {
            display.look();
            assertThat(err.toString().lines())
                    .containsExactly(
                            "migrating    ██████░░░░░░░░░░░░░░░░░░  25 %  50 of 100 records",
                            "level  table                         records   of  segments",
                            "    1  Contacts  ██████░░░░░░  50 %       50  100  0 of 2",
                            "0 of 1 table done");
            files.checkpoint(Stage.COPY, 1, false, Map.of(Counted.READ, 20L));
            time.sleep(Duration.ofSeconds(2));
            err.getBuffer().setLength(0);
            display.look();
            assertThat(err.toString())
                    .startsWith("\u001b[4A\r\u001b[J")
                    .contains("60 of 100 records  5 records/s  28.0 s left");
            err.getBuffer().setLength(0);
        }
        assertThat(err.toString()).isEqualTo("\u001b[4A\r\u001b[J");
    }

    @Test
    void limitsPausesAndRetriesAreTold() {
        var all = new Progress(Activity.READING, 10, 100, 10, 100);
        var tables = List.of(
                new RunProgress.OfTable(1, new TableName("A"), 50, 50, 50, 1, 1),
                new RunProgress.OfTable(2, new TableName("B"), 50, 60, 60, 0, 1));
        var limits = new Limits(Optional.empty(), Optional.of(500));
        var run = new RunProgress(all, tables, Optional.of(Instant.parse("2026-01-02T03:04:05Z")), limits, 1, 2);
        assertThat(WatchText.lines(run, all, Duration.ZERO, 200))
                .contains(
                        "paused since 2026-01-02T03:04:05Z, at most 500 write units/s, 2 segments throttled, 1 retry",
                        "levels: 1 done, 2 at 99 %",
                        "1 of 2 tables done");
    }
}
