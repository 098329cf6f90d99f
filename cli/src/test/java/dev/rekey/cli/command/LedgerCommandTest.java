package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.LedgerText;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rekey ledger}. */
class LedgerCommandTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-140c1f12");
    private static final TableName CONTACTS = new TableName("Contacts");

    private final Shell shell;
    private final Documents documents;

    LedgerCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
        documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATED, "arn:x", 100);
    }

    private Ledger.Head decided(Decision decision) {
        return new Ledger(documents, RUN, shell.time).append(Optional.of(RUN), decision);
    }

    private Ledger.Head decideThree() {
        var here = new Decision.Route(new PhysicalTable("a"), new PhysicalTable("a"));
        var there = new Decision.Route(new PhysicalTable("b"), new PhysicalTable("c"));
        var tables = new TreeMap<TableName, Decision.Route>();
        Stream.of("A", "C", "D").forEach(name -> tables.put(new TableName(name), here));
        tables.put(new TableName("B"), there);
        decided(new Decision.Started(
                "migrate", "arn:x", new PlanName("promote"), new Fingerprint("00"), tables, "analyze", 1));
        decided(new Decision.LevelMigrated(1, Map.of(CONTACTS, Map.of(Counted.CREATED, 100L, Counted.SKIPPED, 0L))));
        return decided(new Decision.Ended("migrated", Optional.empty(), "100 records written.", Map.of(), 0));
    }

    @Test
    void everyDecisionStandsBelowWhenAndByWhomItWasMade() {
        decideThree();
        new Ledger(documents, RUN, shell.time).append(Optional.empty(), new Decision.Paused(FakeStack.STARTED));

        assertThat(shell.run("ledger", "--run", RUN.value())).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "entry  at                        execution",
                        "       decision",
                        "    1  2026-01-02T03:04:05.678Z  " + RUN,
                        "       started: migrate of plan promote (00), execution arn:x; a, b -> c, a and 1 more table",
                        "    2  2026-01-02T03:04:05.678Z  " + RUN,
                        "       level 1 migrated, 100 created",
                        "    3  2026-01-02T03:04:05.678Z  " + RUN,
                        "       ended, migrated: 100 records written.",
                        "    4  2026-01-02T03:04:05.678Z  -",
                        "       paused at 2026-01-02T03:04:05.678Z");
    }

    @Test
    void everyKindOfDecisionHasItsWords() {
        var text = List.of(
                        new Decision.Refused("resume", "arn:x", "Cannot resume."),
                        new Decision.Judged(Readiness.READY, "It fits."),
                        new Decision.Tested("passed", 3, ""),
                        new Decision.LevelVerified(2, 1, Map.of(CONTACTS, Map.of(Counted.MISSING, 1L))),
                        new Decision.Failed("copy.conflict", Optional.of(CONTACTS), "Cannot copy."),
                        new Decision.Stopped("arn:x", 2),
                        new Decision.RollbackStarted(
                                2, "it failed", Optional.of(new Scope(List.of(new TableName("Orders")), Map.of()))),
                        new Decision.WritersStopped(2, "All writers stopped (0 s)."),
                        new Decision.Unpaused(FakeStack.STARTED),
                        new Decision.LimitsChanged(FakeStack.STARTED, Optional.empty(), Optional.of(500)),
                        new Decision.CreatingTables(
                                new PlanName("promote"), new Fingerprint("00"), List.of("table a", "table b")),
                        new Decision.Created("table a", Optional.of("id")))
                .stream()
                .map(LedgerText::of);
        assertThat(text)
                .containsExactly(
                        "refused to resume: Cannot resume.",
                        "judged the data: ready",
                        "test passed",
                        "level 2 verified, 1 failure, 1 missing",
                        "failed, copy.conflict: Cannot copy.",
                        "stopped execution arn:x",
                        "rollback started of table Orders: it failed",
                        "All writers stopped (0 s).",
                        "unpaused, after a pause since 2026-01-02T03:04:05.678Z",
                        "limits changed: read unlimited, write 500 units/s",
                        "creating for plan promote (00): table a, table b",
                        "created: table a");
    }

    @Test
    void verifyingSaysWhatItCannotKnow() {
        var head = decideThree();
        assertThat(shell.run("ledger", "--run", RUN.value(), "--verify")).isZero();
        assertThat(shell.out())
                .contains("The hash chain of 3 entries is intact. No report confirms what follows entry 0, so entries"
                        + " removed from the end cannot be detected.");

        documents.put(new RunFolder(RUN).report("migrated.json"), Map.of("ledger", head));
        shell.run("ledger", "--run", RUN.value(), "--verify");
        assertThat(shell.out()).contains("The hash chain of 3 entries is intact. A report confirms the last entry.");

        shell.run("ledger", "--run", RUN.value(), "--verify", "--json");
        assertThat(shell.json().at("/verification").toString()).isEqualTo("{\"fits\":true,\"entries\":3,\"held\":3}");
        assertThat(shell.json().at("/entries/1/decision/kind").asText()).isEqualTo("levelMigrated");
    }

    @Test
    void theFirstEntryThatDoesNotFitIsNamed() {
        decideThree();
        shell.stack.put("ledger/" + RUN + "/00000002.json", "{}");

        assertThat(shell.run("ledger", "--run", RUN.value(), "--verify")).isEqualTo(4);
        assertThat(shell.out()).contains("00000002.json holds no entry");
        assertThat(shell.err())
                .contains(
                        "Cannot confirm the ledger of run " + RUN + ": entry 2 breaks the hash chain: it was changed:")
                .contains("Nothing was changed. Compare the ledger's objects with their earlier versions.");

        assertThat(shell.run("ledger", "--run", RUN.value(), "--verify", "--json"))
                .isEqualTo(4);
        assertThat(shell.json().at("/exitCode").asInt()).isEqualTo(4);
        assertThat(shell.json().at("/error").asText()).isEqualTo("LedgerBroken");
        assertThat(shell.json().at("/verification/entry").asInt()).isEqualTo(2);
    }
}
