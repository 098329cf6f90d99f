package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person is told before a migration writes. */
class MigrationQuestionTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables:
          Contacts: {}
          Projects:
            references: { ownerId: Contacts }
        """;

    private final Shell shell;

    MigrationQuestionTest(@TempDir Path directory) {
        this.shell = new Shell(directory);
    }

    @BeforeEach
    void preparePlan() {
        shell.file("plan.yaml", PLAN);
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"r\",\"message\":\"Done.\"}"));
    }

    @Test
    void saysBeforehandHowMuchIsCopiedWhere() {
        shell.stack.describe(null, new PhysicalTable("Contacts-staging"));
        shell.stack.store.load(
                new PhysicalTable("Contacts-staging"),
                List.of(Map.of("id", AttributeValue.fromS("c1")), Map.of("id", AttributeValue.fromS("c2"))));
        shell.run("migrate", "plan.yaml", "--yes");
        assertThat(shell.err().lines())
                .contains(
                        "In account 111122223333, eu-central-1, estimated:",
                        "  table     records  bytes  target holds  written to",
                        "  Contacts        2      8             0  Contacts-production",
                        "Limits: none.",
                        "Analysis: none of this plan. It would tell what it takes and costs:",
                        "  rekey analyze plan.yaml");
    }

    @Test
    void saysBeforehandWhatTheLastAnalysisFound() {
        var plan = ((PlanReading.Valid) PlanReader.read(PLAN)).plan().fingerprint();
        analyzed(plan, "\"tables\":{},");
        shell.run("migrate", "plan.yaml", "--yes");
        assertThat(shell.err().lines())
                .contains(
                        "Analysis: not ready, 27 hours old (run 20260101T000000000Z-00000001).",
                        "A migration takes about 2:05 and costs $0.42. It analyzes again before it",
                        "writes.");
        assertThat(shell.err()).contains("reference.never-seen");
    }

    /** Not the sizes of whole tables: what becomes of the records. */
    @Test
    void saysBeforehandWhatBecomesOfTheRecordsOfEachTable() {
        var plan = ((PlanReading.Valid) PlanReader.read(PLAN)).plan().fingerprint();
        analyzed(plan, """
            "tables":{"Contacts":{"read":20,"filtered":3,"merged":2},"Projects":{"read":1200}},
            """);
        shell.run("migrate", "plan.yaml", "--yes");
        assertThat(shell.err().lines())
                .contains(
                        "In account 111122223333, eu-central-1, as analyzed:",
                        "  table     to copy  merged  not selected  target holds  written to",
                        "  Contacts       15       2             3             0  Contacts-production",
                        "  Projects    1,200       0             0             0  Projects-production");
    }

    @Test
    void saysBeforehandWhereThePlanHasChangedSinceItWasAnalyzed() {
        analyzed(new Fingerprint("0".repeat(64)), "\"tables\":{\"Contacts\":{\"read\":20}},");
        shell.run("migrate", "plan.yaml", "--yes");
        assertThat(shell.err())
                .contains(
                        "Analysis: not ready, 27 hours old",
                        "The plan has changed since (tables.Projects). Migrate analyzes it again before",
                        "estimated:")
                .doesNotContain("costs $0.42", "to copy");
    }

    private void analyzed(Fingerprint plan, String counts) {
        var analyzed = RunFiles.analyzed(shell.stack.bucket, plan);
        shell.stack.put("runs/" + analyzed + "/reports/analysis.json", """
            {"fingerprint":"%s","verdict":"not ready",%s
             "problems":[{"severity":"ERROR","id":"reference.never-seen","path":"tables.Projects.references.ownerId","message":"m","hint":"h"}],
             "survey":{"forecast":{"seconds":125,"price":{"total":0.42}}}}
            """.formatted(plan, counts));
    }

    /** What stays out keeps its references to old ids. */
    @Test
    void namesTablesThatThePlanLeavesOut() {
        for (var name : List.of("Contacts", "Projects", "Shipments", "Logs")) {
            shell.stack.describe(null, new PhysicalTable(name + "-staging"));
            shell.stack.describe(null, new PhysicalTable(name + "-production"));
        }
        for (var name : List.of("Contacts", "Projects", "Shipments", "Logs", "other")) {
            for (var side : List.of("-staging", "-production")) {
                var table = new PhysicalTable(name.equals("other") ? name : name + side);
                shell.stack.store.describe(table).ifPresent(shape -> shell.stack.tables.put(table, shape));
            }
        }
        shell.stack.store.load(
                new PhysicalTable("Shipments-staging"),
                List.of(Map.of("id", AttributeValue.fromS("s1"), "contactId", AttributeValue.fromS("c1"))));
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isZero();
        assertThat(shell.err())
                .contains(
                        "2 more tables match {table}-staging and are not in the plan: Logs.",
                        "Not in the plan, with attributes named like references to records that the plan",
                        "changes: Shipments (contactId).");
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.err()).contains("changes: Shipments (contactId).");
        for (var command : List.of("analyze", "migrate")) {
            var words = command.equals("analyze") ? List.of("--json") : List.of("--json", "--yes");
            shell.run(Stream.concat(Stream.of(command, "plan.yaml"), words.stream())
                    .toArray(String[]::new));
            assertThat(shell.json().at("/leftOut/referring/Shipments/0").asText())
                    .isEqualTo("contactId");
            assertThat(shell.json().at("/leftOut/others")).hasSize(1);
        }
    }
}
