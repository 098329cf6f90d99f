package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lists and questions say of runs that were refused early, given parameters, or rolled back in part. */
final class RunAtAGlanceTest {
    private static final RunId RUN = new RunId("20250102T030405678Z-0123abcd");
    private static final Map<String, String> ONE = Map.of("tenant_id", "t1");
    private static final String PLAN = """
        plan: promote
        mode: inPlace
        source: { tables: "{table}" }
        parameters: { rate: 2, convert: false, zone: eu }
        tables: { Contacts: { set: { x: "{% $parameters.rate %}" } } }
        """;

    private final Shell shell;
    private final Documents documents;

    RunAtAGlanceTest(@TempDir Path directory) {
        shell = new Shell(directory);
        documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
    }

    /** A mapping that cannot be used is found before the manifest is written. */
    @Test
    void aRunThatWasRefusedBeforeItsManifestNamesItsPlan() {
        var folder = new RunFolder(RUN);
        documents.putBytes(folder.planAsWritten(), PLAN.getBytes(StandardCharsets.UTF_8));
        documents.put(folder.control(), Control.start(Phase.REFUSED, "arn:x"));
        assertThat(shell.run("runs", "--json")).isZero();
        assertThat(shell.json().at("/runs/0/plan").asText()).isEqualTo("promote");
        assertThat(shell.run("runs", "--plan", "promote")).isZero();
        assertThat(shell.out()).contains(RUN.value());
        assertThat(shell.run("runs", "--plan", "other")).isZero();
        assertThat(shell.out()).contains("There are no runs of plan other");
    }

    @Test
    void parametersHaveTheirTypes() {
        var folder = new RunFolder(RUN);
        var _ = new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATED, "arn:x", 100);
        documents.putBytes(folder.planAsWritten(), PLAN.getBytes(StandardCharsets.UTF_8));
        var manifest = documents.get(folder.manifest(), ObjectNode.class).value();
        ((ObjectNode) manifest.at("/origin/options"))
                .putObject("parameters")
                .put("rate", "2.5")
                .put("convert", "true")
                .put("zone", "7");
        documents.put(folder.manifest(), manifest);
        assertThat(shell.run("status", "--run", RUN.value(), "--json")).isZero();
        assertThat(shell.json().path("parameters").toString())
                .isEqualTo("{\"convert\":true,\"rate\":2.5,\"zone\":\"7\"}");
        assertThat(shell.run("status", "--run", RUN.value())).isZero();
        assertThat(shell.out()).contains("parameter  rate=2.5");
    }

    @Test
    void aRollbackOfTheRestDoesNotCountWhatWasRolledBackInPart() {
        var _ = new RunFiles(shell.stack.bucket, RUN)
                .prepared("migrate", Phase.MIGRATED, "arn:x", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.UPDATED, 1_200L))
                .checkpoint(
                        Stage.undoing(ONE),
                        0,
                        true,
                        Map.of(Counted.RESTORED, 190L, Counted.UNCHANGED, 10L, Counted.DRIFT, 5L));
        documents.put(
                new RunFolder(RUN).control(),
                Control.start(Phase.MIGRATED, "arn:x").undoing(Undoing.ALL.where(ONE)));
        assertThat(shell.typing("other\n").run("rollback", "--run", RUN.value()))
                .isEqualTo(3);
        assertThat(shell.err()).contains("  Contacts-production: 1,000 records to restore");
    }

    @Test
    void aRollbackThatOverwritesCountsWhatTheOneBeforeHasKept() {
        var _ = new RunFiles(shell.stack.bucket, RUN)
                .prepared("migrate", Phase.ROLLED_BACK, "arn:x", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.CREATED, 1_200L))
                .checkpoint(Stage.ROLLBACK, 0, true, Map.of(Counted.DELETED, 1_198L, Counted.DRIFT, 2L))
                .checkpoint(Stage.ROLLBACK, 1, true, Map.of());
        documents.put(new RunFolder(RUN).key("drift/Contacts/source-0000-00000000.json"), List.of("a", "b"));
        assertThat(shell.typing("other\n").run("rollback", "--run", RUN.value(), "--drift", "overwrite"))
                .isEqualTo(3);
        assertThat(shell.err())
                .contains("  Contacts-production: 2 records that an earlier rollback kept")
                .doesNotContain("to delete");
    }

    @Test
    void aRollbackThatOverwritesSaysWhatItCannotRestore() {
        var _ = new RunFiles(shell.stack.bucket, RUN)
                .prepared("migrate", Phase.MIGRATED, "arn:x", 100)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.UPDATED, 12L));
        assertThat(shell.typing("other\n").run("rollback", "--run", RUN.value(), "--drift", "overwrite"))
                .isEqualTo(3);
        assertThat(shell.err()).containsIgnoringWhitespaces("Records that others deleted cannot be restored.");
    }

    @Test
    void statusOfAMigratedRunSaysWhetherItIsWellAndWhatToDo() {
        shell.stack.willEnd(new State.Succeeded("{}"));
        var _ = new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATED, "arn:x", 100);
        report("migrated", "2026-01-02T03:05:05.678Z", """
            "outcome": "migrated", "message": "All is done.", "verification": {"matched": 12, "missing": 0}""");
        assertThat(shell.run("status", "--run", RUN.value())).isZero();
        assertThat(shell.out())
                .contains(
                        "outcome    migrated: All is done.\n",
                        "verified   passed: 12 matched\n",
                        "elapsed    1:00\n",
                        "report     s3://bucket/runs/" + RUN + "/reports/migrated.json\n",
                        "next       nothing\n           to take it back: rekey rollback --run " + RUN + "\n")
                .doesNotContain("failures", "drift", "progress");

        report("verified-20260103T030405678Z-0123abcd", "2026-01-03T03:05:05.678Z", """
            "outcome": "verified", "message": "It failed.", "verification": {"matched": 9, "missing": 2, "altered": 1},
            "tables": {"Contacts": {"counts": {"missing": 2, "altered": 1, "read": 12}}, "Notes": {"counts": {}}}""");
        assertThat(shell.run("status", "--run", RUN.value())).isZero();
        assertThat(shell.out())
                .contains(
                        "verified   failed: 1 altered, 9 matched, 2 missing\n",
                        "failures   Contacts: 1 altered, 2 missing\n",
                        "see what failed: rekey report --run " + RUN + " --open\n")
                .doesNotContain("Notes");
        assertThat(shell.run("status", "--run", RUN.value(), "--json")).isZero();
        assertThat(shell.json().at("/failed").asInt()).isEqualTo(3);
        assertThat(shell.json().at("/durationMillis").asLong()).isEqualTo(60_000);
    }

    @Test
    void statusOfARollbackTellsAPartFromTheWholeAndWhatOthersChanged() {
        shell.stack.willEnd(new State.Failed("Rekey.RolledBackWithDrift", "why"));
        var files = new RunFiles(shell.stack.bucket, RUN)
                .prepared("migrate", Phase.ROLLING_BACK, "arn:x", 100)
                .control(Control.start(Phase.ROLLING_BACK, "arn:x").undoing(Undoing.ALL.where(ONE)));
        for (var command : new String[] {"status", "runs"}) {
            assertThat(shell.run(command)).isZero();
            assertThat(shell.out()).contains("rollingBack, of tenant_id=t1");
        }
        files.control(Control.start(Phase.ROLLED_BACK, "arn:x"));
        report("rolledBack", "2026-01-02T03:05:05.678Z", """
            "outcome": "rolledBack", "message": "Rolled back.", "counts": {"drift": 3, "referred": 1, "deleted": 9},
            "drift": ["A a", "A b", "A c", "B d"]""");
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out())
                .contains(
                        "phase      rolledBack\n",
                        "drift      4 records kept, because others changed them or refer to them\n",
                        "restore it too: rekey rollback --run " + RUN + " --drift overwrite\n");
        assertThat(shell.run("status", "--json")).isZero();
        assertThat(shell.json().at("/drift").asInt()).isEqualTo(4);
        report("rolledBack", "2026-01-02T03:06:05.678Z", """
            "outcome": "rolledBack", "message": "Rolled back.", "counts": {"referred": 1}, "unrestored": ["A a"]""");
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out())
                .contains("drift      1 record kept, because others changed them or refer to them\n")
                .contains("restore it too: rekey rollback --run " + RUN + " --drift overwrite\n");
    }

    @Test
    void limitsAreShownWhereverARunIs() {
        var limits = new Limits(Optional.of(1_000), Optional.of(500));
        var _ = new RunFiles(shell.stack.bucket, RUN)
                .prepared("migrate", Phase.MIGRATING, "arn:x", 100)
                .control(Control.start(Phase.MIGRATING, "arn:x").within(limits));
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out())
                .contains("limits     1,000 read units per second, 500 write units per second\n")
                .contains("limit 1,000 read", "limit 500 write units/s");
        assertThat(shell.run("status", "--json")).isZero();
        assertThat(shell.json().at("/limits/writeUnitsPerSecond").asInt()).isEqualTo(500);
    }

    @Test
    void anExecutionThatTheServiceHasForgottenIsUnknown() {
        shell.stack.willBeForgotten();
        var _ = new RunFiles(shell.stack.bucket, RUN).prepared("migrate", Phase.MIGRATED, "arn:x", 100);
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out()).contains("execution  unknown\n");
    }

    private void report(String name, String endedAt, String content) {
        // The report of a later execution has its id in its name.
        var task = name.contains("-") ? name.replaceFirst("[^-]*-", "") : "20260102T030405678Z-0123abcd";
        var json = "{\"task\": \"%s\", \"endedAt\": \"%s\", %s}".formatted(task, endedAt, content);
        documents.putBytes(new RunFolder(RUN).report(name + ".json"), json.getBytes(StandardCharsets.UTF_8));
    }
}
