package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DataStatusCommandTest {
    private final Shell shell;

    DataStatusCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", """
            plan: promote
            mode: inPlace
            source: { tables: "{table}" }
            families:
              Tenants:
                rule: lookup
                mapping: { table: tenant_org_mappings, from: tenant_id, to: organization_id }
                onMissing: keep
            tables:
              profiles:
                references: { tenant_id: { family: Tenants, as: organization_id } }
              claims:
                references: { tenant_id: { family: Tenants, as: organization_id } }
            """);
        table("profiles", "id");
        table("claims", "id");
        table("tenant_org_mappings", "tenant_id");
        load("tenant_org_mappings", "tenant_id", "t1", "organization_id", "o1");
        load("tenant_org_mappings", "tenant_id", "t2", "organization_id", "o2");
        load("profiles", "id", "1", "tenant_id", "t1", "organization_id", "o1");
        load("profiles", "id", "2", "tenant_id", "t1");
        load("profiles", "id", "3", "tenant_id", "t2");
        load("profiles", "id", "4", "tenant_id", "t2");
        load("claims", "id", "1", "tenant_id", "t1", "organization_id", "o1");
        load("claims", "id", "2");
    }

    private void table(String name, String key) {
        var table = new PhysicalTable(name);
        var shape =
                new TableShape(table, "0", "us-east-1", new KeyAttribute(key, KeyType.S), Optional.empty(), Map.of());
        shell.stack.store.createTable(shape);
        shell.stack.tables.put(table, shape);
    }

    private void load(String table, String... namesAndValues) {
        var record = new HashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
        }
        shell.stack.store.load(new PhysicalTable(table), List.of(record));
    }

    @Test
    void everyTableIsCountedByItsData() {
        assertThat(shell.run("status", "--plan", "plan.yaml", "--local"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "plan promote",
                        "",
                        "table     done  to do",
                        "claims       2      0  100 %",
                        "profiles     1      3  25 %",
                        "all          3      3  50 %",
                        "",
                        "No run has migrated this plan.");
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void aPersonSeesBarsWithinEightyColumns() {
        load("profiles", "id", "5", "tenant_id", "t".repeat(100), "organization_id", "");
        assertThat(shell.typing("").run("status", "--plan", "plan.yaml", "--by", "tenant_id", "--local"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .contains("t1                           2     0      1  █████████████░░░░░░░  66 %")
                .contains("(none)")
                .contains("t".repeat(23) + "…");
        assertThat(shell.out().lines()).allMatch(line -> line.length() <= 80);
    }

    /** Nothing is left to do for them, and yet they are not as the others are. */
    @Test
    void idsThatTheMappingDoesNotHaveAreCountedApart() {
        load("claims", "id", "3", "tenant_id", "t9");
        assertThat(shell.run("status", "--plan", "plan.yaml", "--local")).isZero();
        assertThat(shell.out().lines())
                .contains(
                        "table     done  kept  to do",
                        "claims       2     1      0  66 %",
                        "profiles     1     0      3  25 %",
                        "kept: nothing to do, but they hold ids that the mapping does not have",
                        "(onMissing: keep). Add the ids to the mapping, and run the plan again.");
        load("tenant_org_mappings", "tenant_id", "t9", "organization_id", "o9");
        shell.run("status", "--plan", "plan.yaml", "--local", "--json");
        assertThat(shell.json().at("/tables/claims/kept").asInt()).isZero();
        assertThat(shell.json().at("/tables/claims/toDo").asInt()).isEqualTo(1);
    }

    @Test
    void programsGetValuesTablesAndRuns() {
        var run = new RunId("20260102T030405678Z-0123abcd");
        new RunFiles(shell.stack.bucket, run).prepared("migrate", Phase.MIGRATED, "arn", 1);
        assertThat(shell.run("status", "--plan", "plan.yaml", "--by", "tenant_id", "--local", "--json"))
                .as(shell.err())
                .isZero();
        var json = shell.json();
        assertThat(json.at("/tables/profiles/values").toString()).isEqualTo("""
                [{"value":"t1","done":1,"kept":0,"toDo":1,"unmappable":0,"share":0.5},\
                {"value":"t2","done":0,"kept":0,"toDo":2,"unmappable":0,"share":0.0}]""");
        assertThat(json.at("/values/0/done").asInt()).isEqualTo(2);
        assertThat(json.at("/values/2/value").isNull()).isTrue();
        assertThat(json.at("/toDo").asInt()).isEqualTo(3);
        assertThat(json.at("/runs/0/run").asText()).isEqualTo(run.value());
        assertThat(json.at("/runs/0/phase").asText()).isEqualTo("migrated");
    }

    @Test
    void copiedTablesAreNotCountedAndGiveTheirValues() {
        shell.file("mixed.yaml", """
            plan: promote
            source: { tables: "{table}" }
            target: { tables: "{table}-new" }
            identity: { rule: keep }
            tables:
              customers: { references: { company: companies }, rename: { company: company_id } }
              companies: { mode: inPlace, set: { kind: firm } }
              orders:
                mode: inPlace
                references: { customer: customers }
                set: { company: { through: customer, take: company } }
            """);
        List.of("customers", "customers-new", "companies", "orders").forEach(name -> table(name, "id"));
        load("companies", "id", "c1");
        load("customers", "id", "u1", "company", "c1");
        load("orders", "id", "1", "customer", "u1");
        load("orders", "id", "2", "customer", "u1", "company", "c1");
        assertThat(shell.run("status", "--plan", "mixed.yaml", "--local"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out().lines())
                .contains(
                        "companies     0      1  0 %",
                        "orders        1      1  50 %", "Not counted, because they are copied: customers.");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        shell.file("copy.yaml", """
            plan: promote
            source: { tables: "{table}" }
            target: { tables: "{table}-new" }
            identity: { rule: derive, namespace: n }
            tables: { profiles: {} }
            """);
        assertThat(shell.run("status", "--plan", "copy.yaml", "--local")).isEqualTo(2);
        assertThat(shell.err()).contains("it copies records").contains("rekey verify --run RUN");
        assertThat(shell.run("status", "--by", "tenant_id", "--local")).isEqualTo(2);
        assertThat(shell.run("status", "--plan", "plan.yaml", "--watch", "--local"))
                .isEqualTo(2);
        shell.stack.tables.remove(new PhysicalTable("claims"));
        assertThat(shell.run("status", "--plan", "plan.yaml", "--local")).isEqualTo(3);
        assertThat(shell.err()).contains("The source has no table claims");
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void mergesThatARefusedRunDecidedDoNotCount() {
        shell.file("merges.yaml", """
            plan: promote
            mode: inPlace
            source: { tables: "{table}" }
            tables:
              customers: { merge: { matchBy: [email] } }
              orders: { references: { customer: customers } }
            """);
        List.of("customers", "orders").forEach(name -> table(name, "id"));
        load("customers", "id", "c1", "email", "e");
        load("customers", "id", "c2", "email", "e");
        load("orders", "id", "1", "customer", "c1");
        load("orders", "id", "2", "customer", "c2");
        decided("20260102T030405678Z-0123abcd", Phase.MIGRATED, "c2", "c1");
        decided("20260103T030405678Z-0123abcd", Phase.REFUSED, "c1", "c2");
        assertThat(shell.run("status", "--plan", "merges.yaml", "--local", "--json"))
                .as(shell.err())
                .isZero();
        // An order of c1 is done, and one of c2 is not.
        assertThat(shell.json().at("/tables/orders/done").asInt()).isEqualTo(1);
        load("orders", "id", "2", "customer", "c1");
        shell.run("status", "--plan", "merges.yaml", "--local", "--json");
        assertThat(shell.json().at("/tables/orders/toDo").asInt()).isZero();
    }

    @Test
    void mergesOfARehearsalOnOtherTablesDoNotCount() {
        shell.file("merges.yaml", """
            plan: promote
            mode: inPlace
            source: { tables: "{table}" }
            tables:
              Contacts: { merge: { matchBy: [email] } }
              orders: { references: { customer: Contacts } }
            """);
        List.of("Contacts", "orders").forEach(name -> table(name, "id"));
        load("orders", "id", "1", "customer", "c2");
        // The run worked on a table Contacts-staging.
        decided("20260102T030405678Z-0123abcd", Phase.MIGRATED, "Contacts", "c2", "c1");
        assertThat(shell.run("status", "--plan", "merges.yaml", "--local", "--json"))
                .as(shell.err())
                .isZero();
        assertThat(shell.json().at("/tables/orders/toDo").asInt()).isZero();
        assertThat(shell.json().at("/tables/orders/done").asInt()).isEqualTo(1);
    }

    private void decided(String id, Phase phase, String merged, String survivor) {
        decided(id, phase, "customers", merged, survivor);
    }

    private void decided(String id, Phase phase, String family, String merged, String survivor) {
        var run = new RunId(id);
        new RunFiles(shell.stack.bucket, run).prepared("migrate", phase, "arn", 1);
        var merge = new FrozenMerges.Merged(
                new FamilyName(family),
                new OldId(KeyType.S, merged),
                new OldId(KeyType.S, survivor),
                FrozenMerges.Origin.MATCH);
        var documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        new FrozenMerges(List.of(merge)).freeze(documents, new RunFolder(run));
    }
}
