package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import dev.rekey.examples.ExampleTable.Index;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** {@code rekey tables} with tables of DynamoDB Local. */
class TablesLifecycleTest {
    private static final Attribute ID = new Attribute("id", ScalarAttributeType.S);
    private static final Attribute AT = new Attribute("at", ScalarAttributeType.N);
    private static final Attribute TENANT = new Attribute("tenant_id", ScalarAttributeType.S);
    private static final String PLAN = """
        plan: shape-OWN
        source: { tables: "{table}-OWN-a" }
        target: { tables: "{table}-OWN-b" }
        identity: { rule: derive, namespace: n }
        createTables: [audit.json]
        tables:
          Contacts: { indexes: { byMail: { partitionKey: mail, projection: KEYS_ONLY } } }
          Orders:
            key: { tenant_id: keep }
            rename: { tenant_id: organization_id }
        """;
    private static final String AUDIT = """
        {"TableName": "audit-OWN", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
        """;

    @TempDir
    private static Path directory;

    private final LocalStack stack = SharedStack.foundIn(directory);

    /** In the names of the tables, so that the tests can share a stack. */
    private final String own = UUID.randomUUID().toString();

    private final Shell shell = shell();

    @Test
    void tablesAreCreatedAndThenUsed() {
        var loader = stack.loader();
        loader.create(List.of(contacts(), orders()), name -> name + "-" + own + "-a");
        assertThat(shell.run("tables", "plan.yaml", "--local")).isEqualTo(4);
        assertThat(exists(table("Contacts"))).isFalse();

        assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(shell.out()).contains("3 tables compared: no difference.", "Created 3 objects.");
        assertThat(stack.tables()
                        .describe(table("Orders"))
                        .orElseThrow()
                        .indexes()
                        .get("byTenant"))
                .extracting(key -> key.name())
                .containsExactly("organization_id", "at");
        assertThat(exists(new PhysicalTable("audit-" + own))).isTrue();

        assertThat(shell.run("tables", "plan.yaml", "--local", "--json")).isZero();
        assertThat(shell.json().at("/tables")).hasSize(3);
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes"))
                .as(shell.out() + shell.err())
                .isZero();
    }

    @Test
    void anIndexIsAddedToAnEmptyTableOnly() {
        shell.file("plan.yaml", plan().replace("byMail: {", "byName: { partitionKey: name }, byMail: {"));
        var loader = stack.loader();
        loader.create(List.of(contacts(), orders()), name -> name + "-" + own + "-a");
        loader.create(List.of(contacts()), name -> name + "-" + own + "-b");

        assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(stack.tables().describe(table("Contacts")).orElseThrow().indexes())
                .containsOnlyKeys("byMail", "byName");

        stack.tables().putAll(table("Contacts"), List.of(Map.of("id", AttributeValue.fromS("1"))));
        shell.file("plan.yaml", plan().replace("byMail: {", "byAge: { partitionKey: age }, byMail: {"));
        assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                .isEqualTo(4);
        assertThat(shell.out()).contains("index byAge", "no: the table exists");
    }

    @Test
    void besideATableWithOtherKeysNothingIsCreated() {
        var loader = stack.loader();
        loader.create(List.of(contacts(), orders()), name -> name + "-" + own + "-a");
        loader.create(List.of(ExampleTable.of("Orders", ID, AT)), name -> name + "-" + own + "-b");

        assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                .isEqualTo(3);
        assertThat(shell.err()).contains(table("Orders") + ", key: found id (S), at (N), expected id (S).");
        assertThat(exists(table("Contacts"))).isFalse();
        assertThat(exists(new PhysicalTable("audit-" + own))).isFalse();
    }

    private PhysicalTable table(String name) {
        return new PhysicalTable(name + "-" + own + "-b");
    }

    private boolean exists(PhysicalTable table) {
        return stack.tables().describe(table).isPresent();
    }

    private String plan() {
        return PLAN.replace("OWN", own);
    }

    private static ExampleTable contacts() {
        return ExampleTable.of("Contacts", ID);
    }

    private static ExampleTable orders() {
        return new ExampleTable("Orders", ID, Optional.empty(), Optional.of(new Index("byTenant", TENANT, AT)));
    }

    private Shell shell() {
        var made = ProcessStack.shell(directory);
        made.file("plan.yaml", plan());
        made.file("audit.json", AUDIT.replace("OWN", own));
        return made;
    }
}
