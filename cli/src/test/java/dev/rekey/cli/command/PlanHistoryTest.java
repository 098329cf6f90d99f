package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanHistoryTest {
    private static final RunId RUN = new RunId("20260101T000000000Z-00000001");
    private static final RunId UNDO = new RunId("20260102T000000000Z-00000002");
    private static final RunId REFUSED = new RunId("20260103T000000000Z-00000003");

    private final Shell shell;
    private final Documents documents;

    PlanHistoryTest(@TempDir Path directory) {
        shell = new Shell(directory);
        documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
    }

    private void past() {
        new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.ROLLED_BACK, "arn:aws:x:one", 1_200);
        var folder = new RunFolder(RUN);
        documents.put(
                folder.manifest(),
                with(documents.get(folder.manifest(), Manifest.class).value()));
        documents.put(
                folder.control(),
                Control.start(Phase.ROLLED_BACK, "arn:aws:x:one")
                        .within(new Limits(Optional.empty(), Optional.of(500))));
        shell.stack.bucket.put(
                folder.report("analysis.json"),
                "{\"blockers\":[],\"warnings\":[{\"id\":\"reference.orphan\",\"table\":\"Contacts\",\"path\":\"owner\",\"count\":3}]}"
                        .getBytes(StandardCharsets.UTF_8));
        decided(RUN, started("migrate", "one"));
        decided(RUN, new Decision.Failed("copy.conflict", Optional.empty(), "Cannot copy."));
        shell.time.sleep(Duration.ofSeconds(90));
        decided(RUN, ended("migrated", Map.of(Counted.CREATED, 1_200L, Counted.SKIPPED, 0L), 0));
        decided(UNDO, started("rollback", "two"));
        decided(UNDO, ended("rolledBack", Map.of(Counted.DELETED, 1_199L), 1));
        decided(REFUSED, new Decision.Refused("resume", "arn:aws:x:three", "Cannot resume."));
    }

    private static Decision started(String action, String name) {
        return new Decision.Started(
                action, "arn:aws:x:" + name, new PlanName("promote"), new Fingerprint("00"), Map.of(), "analyze", 1);
    }

    private static Decision ended(String outcome, Map<Counted, Long> counts, long drift) {
        return new Decision.Ended(
                outcome, Optional.empty(), "It has come to its end in the way that was expected.", counts, drift);
    }

    private void decided(RunId task, Decision decision) {
        new Ledger(documents, RUN, shell.time).append(Optional.of(task), decision);
    }

    private static Manifest with(Manifest manifest) {
        var origin = manifest.origin();
        var options = new RunOptions(
                Optional.of(OnFailure.STOP),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                new Scope(List.of(new TableName("Contacts")), Map.of("tenant_id", "t1")),
                Map.of("convert", "true"));
        return new Manifest(
                manifest.format(),
                new Manifest.Origin(
                        origin.run(),
                        origin.action(),
                        origin.execution(),
                        origin.startedAt(),
                        origin.plan(),
                        origin.fingerprint(),
                        options,
                        origin.caller()),
                manifest.levels(),
                manifest.tables(),
                manifest.beside(),
                manifest.partitions(),
                manifest.earlier());
    }

    @Test
    void everyExecutionOfEveryRunIsShownWithinEightyColumns() {
        past();
        assertThat(shell.run("runs", "--plan", "promote")).isZero();
        assertThat(shell.out()).isEqualTo("""
                20260101T000000000Z-00000001  migrate, rolledBack
                  records   1,200
                  options   --table Contacts --where tenant_id=t1 --parameter convert=true
                            --on-failure stop
                  limits    500 write units per second
                  warnings  3 reference.orphan at Contacts.owner
                  migrate   2026-01-02T03:04:05.678Z, took 1:30: migrated. It has come to its
                            end in the way that was expected. 1,200 created. Execution one.
                  rollback  2026-01-02T03:05:35.678Z, took 0.0 s: rolledBack. It has come to its
                            end in the way that was expected. 1,199 deleted. Execution two.
                  resume    2026-01-02T03:05:35.678Z, took 0.0 s: refused. Cannot resume.
                            Execution three.
                """);
        assertThat(shell.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void anUnfinishedRunWhoseExecutionEndedHasNoWorker() {
        new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATING, "arn:aws:x:one", 100);
        decided(RUN, started("migrate", "one"));
        assertThat(shell.run("runs", "--plan", "promote")).isZero();
        assertThat(shell.out()).contains("migrate, migrating\n", "has not ended. Execution one.");
        assertThat(shell.run("runs", "--json")).isZero();
        assertThat(shell.json().at("/runs/0").has("abandoned")).isFalse();

        shell.stack.willEnd(new State.Stopped("ABORTED", "LocalStack.Ended: it ended."));
        assertThat(shell.run("runs", "--plan", "promote")).isZero();
        assertThat(shell.out()).contains("migrate, migrating, no worker\n", "ended without an outcome. Execution one.");
        assertThat(shell.run("runs", "--json")).isZero();
        assertThat(shell.json().at("/runs/0/abandoned").asBoolean()).isTrue();
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out()).contains("execution  aborted", "rekey resume --run " + RUN);
    }

    @Test
    void programsReadTheSame() {
        past();
        assertThat(shell.run("runs", "--plan", "promote", "--json")).isZero();
        var run = shell.json().at("/runs/0");
        assertThat(run.at("/options").toString())
                .isEqualTo("{\"onFailure\":\"stop\",\"limits\":{\"writeUnitsPerSecond\":500}}");
        assertThat(run.at("/parameters/convert").asText()).isEqualTo("true");
        assertThat(run.at("/warnings/0").toString())
                .isEqualTo("{\"id\":\"reference.orphan\",\"table\":\"Contacts\",\"path\":\"owner\",\"count\":3}");
        assertThat(run.has("blockers")).isFalse();
        assertThat(run.at("/executions/0/counts/created").asLong()).isEqualTo(1_200);
        assertThat(run.at("/executions/1/drift").asLong()).isEqualTo(1);
        assertThat(run.at("/executions").findValuesAsText("outcome"))
                .containsExactly("migrated", "rolledBack", "refused");
    }

    @Test
    void aPlanWithoutRunsHasNoHistory() {
        past();
        assertThat(shell.run("runs", "--plan", "other")).isZero();
        assertThat(shell.out()).isEqualTo("There are no runs of plan other in bucket bucket.\n");
        assertThat(shell.run("runs", "--plan", "other", "--json")).isZero();
        assertThat(shell.json().at("/runs")).isEmpty();
    }
}
