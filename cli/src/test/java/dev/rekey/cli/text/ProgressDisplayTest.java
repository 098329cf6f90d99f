package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.command.ManualTime;
import dev.rekey.cli.command.RunFiles;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.status.ProgressReader;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private final InMemoryObjects bucket = new InMemoryObjects();
    private final ManualTime time = new ManualTime();
    private final Documents documents = new Documents(bucket, new Backoff(time, new Random(1), time.instant()));
    private final RunFiles files = new RunFiles(bucket, RUN);
    private final StringWriter err = new StringWriter();
    private int columns = 80;

    @Test
    void aRunIsRedrawnInPlaceAndTakenAwayAtItsEnd() {
        copied(10);
        try (var display = display(true, true)) {
            display.look();
            assertThat(shown().lines())
                    .containsExactly(
                            "copying  ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  25 %",
                            "copied 50 of 100 records, verified 0",
                            "level  table                         copied  verified   of",
                            "    1  Contacts  ███░░░░░░░░░  25 %      50         0  100",
                            "0 of 1 table done");
            copied(20);
            time.sleep(Duration.ofSeconds(2));
            display.look();
            assertThat(shown()).startsWith("\u001b[5A\r\u001b[J").contains("copied 60 of 100 records");
        }
        assertThat(shown()).isEqualTo("\u001b[5A\r\u001b[J");
    }

    @Test
    void aTerminalThatWasMadeNarrowerIsClearedWhole() {
        copied(10);
        try (var display = display(true, false)) {
            display.look();
            columns = 30;
            var _ = shown();
            time.sleep(Duration.ofSeconds(2));
            display.look();
            // Two lines were broken into two each.
            assertThat(shown()).startsWith("\u001b[4A\r\u001b[J");
        }
    }

    @Test
    void aRunThatIsStillPreparedIsSaidToBe() {
        try (var display = display(true, true)) {
            display.look();
            assertThat(shown()).isEqualTo("preparing\n");
        }
    }

    @Test
    void aLogGetsALineNowAndThen() {
        copied(10);
        try (var display = display(false, true)) {
            display.look();
            display.look();
            time.sleep(Duration.ofSeconds(5));
            display.look();
        }
        var line = "copying, 25 %: copied 50 of 100 records, verified 0";
        assertThat(shown().lines()).containsExactly(line, line);
    }

    @Test
    void aStackThatDoesNotAnswerForSomeTimeIsToldAndNothingIsClaimedOfTheRun() {
        copied(10);
        var since = time.instant();
        try (var display = display(true, true)) {
            display.look();
            var _ = shown();
            time.sleep(Duration.ofSeconds(9));
            display.silent(since);
            assertThat(shown()).isEmpty();
            time.sleep(Duration.ofSeconds(1));
            display.silent(since);
            assertThat(shown())
                    .contains("no answer for 10.0 s: it is not known whether the run goes on")
                    .doesNotContain("records/s");
        }
        var _ = shown();
        try (var display = display(false, true)) {
            display.silent(since);
            display.silent(since);
        }
        assertThat(shown().lines()).hasSize(1);
    }

    private void copied(long more) {
        files.prepared("migrate", Phase.MIGRATING, "arn", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 40L))
                .checkpoint(Stage.COPY, 1, false, Map.of(Counted.READ, more));
    }

    private String shown() {
        var shown = err.toString();
        err.getBuffer().setLength(0);
        return shown;
    }

    private ProgressDisplay display(boolean terminal, boolean tables) {
        var console = new Console(
                new BufferedReader(new StringReader("")),
                new PrintWriter(err),
                new PrintWriter(err),
                terminal,
                Console.Output.FILE,
                () -> new Console.Screen(columns, 24),
                Wrapping.COLUMNS);
        return new ProgressDisplay(new ProgressReader(documents, RUN, RUN, false), console, time, tables);
    }
}
