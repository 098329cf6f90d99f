package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.Interceptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket with a thousand runs, as some years of nightly analyses leave it: what a command asks S3 for hardly grows with them. */
class YearOfRunsTest {
    private static final int RUNS = 1_000;
    private static final Instant FIRST = Instant.parse("2024-01-02T03:04:05Z");

    private final Shell shell;
    private final Map<String, Integer> requests = new TreeMap<>();

    YearOfRunsTest(@TempDir Path directory) {
        shell = new Shell(directory);
    }

    @BeforeEach
    void store() {
        for (int i = 0; i < RUNS; i++) {
            var run = RunId.of(FIRST.plusSeconds(i), "analyze");
            new RunFiles(shell.stack.bucket, run).prepared("analyze", Phase.READ, "arn", 1);
            shell.stack.put("runs/" + run + "/work/analyze.json", "[]");
        }
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production" }
            identity: { rule: derive, namespace: production }
            tables: { Contacts: {} }
            """);
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"r\",\"message\":\"Done.\"}"));
        shell.stack.bucket.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                synchronized (requests) {
                    requests.merge(call.name(), 1, Integer::sum);
                }
            }

            @Override
            public void after(Call call) {}
        });
    }

    private int all() {
        return requests.values().stream().mapToInt(count -> count).sum();
    }

    @Test
    void theStatusOfTheNewestRunListsFoldersAndReadsThatRun() {
        assertThat(shell.run("status")).as(shell.err()).isZero();
        assertThat(requests.get("list")).as("%s", requests).isLessThanOrEqualTo(3);
        assertThat(all()).as("%s", requests).isLessThanOrEqualTo(12);
    }

    @Test
    void theNewestRunsAreReadAndNoOthers() {
        assertThat(shell.run("runs", "--limit", "20")).as(shell.err()).isZero();
        assertThat(requests.get("list")).as("%s", requests).isLessThanOrEqualTo(2);
        assertThat(all()).as("%s", requests).isLessThanOrEqualTo(2 + 20 * 3);
    }

    @Test
    void theNewestRunsOfAPlanAreReadNewestFirst() {
        assertThat(shell.run("runs", "--plan", "promote", "--limit", "20", "--json"))
                .as(shell.err())
                .isZero();
        assertThat(shell.json().at("/runs")).hasSize(20);
        assertThat(all()).as("%s", requests).isLessThanOrEqualTo(2 + 2 * 24 + 20 * 3);
    }

    @Test
    void ofRunsOfOtherPlansOnlyTheManifestIsRead() {
        assertThat(shell.run("runs", "--plan", "other")).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("There are no runs of plan other");
        assertThat(all()).as("%s", requests).isLessThanOrEqualTo(2 + RUNS);
    }

    /** It looks for an analysis of its plan among the newest hundred. */
    @Test
    void aMigrationAsksItsQuestionAfterALookAtSomeOfThem() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).as(shell.err()).isZero();
        assertThat(requests.get("list")).as("%s", requests).isLessThanOrEqualTo(4);
        assertThat(all()).as("%s", requests).isLessThanOrEqualTo(420);
    }
}
