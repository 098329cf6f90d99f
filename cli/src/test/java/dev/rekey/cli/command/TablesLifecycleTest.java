package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.cli.deployment.wiring.LocalFiles;
import dev.rekey.cli.deployment.wiring.Stacks;
import dev.rekey.cli.text.Interruption;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import dev.rekey.examples.ExampleTable.Index;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** {@code rekey tables} with tables of DynamoDB Local. */
class TablesLifecycleTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();
    private static final Attribute ID = new Attribute("id", ScalarAttributeType.S);
    private static final Attribute AT = new Attribute("at", ScalarAttributeType.N);
    private static final Attribute TENANT = new Attribute("tenant_id", ScalarAttributeType.S);
    private static final String PLAN = """
        plan: shape
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: derive, namespace: n }
        createTables: [audit.json]
        tables:
          Contacts: { indexes: { byMail: { partitionKey: mail, projection: KEYS_ONLY } } }
          Orders:
            key: { tenant_id: keep }
            rename: { tenant_id: organization_id }
        """;
    private static final String AUDIT = """
        {"TableName": "audit", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
        """;

    private final Path directory;

    TablesLifecycleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void tablesAreCreatedAndThenUsed() {
        try (var stack = start()) {
            var shell = shell();
            var loader = stack.loader();
            loader.create(List.of(contacts(), orders()), name -> name + "-a");
            assertThat(shell.run("tables", "plan.yaml", "--local")).isEqualTo(4);
            assertThat(exists(stack, "Contacts-b")).isFalse();

            assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                    .as(shell.out() + shell.err())
                    .isZero();
            assertThat(shell.out()).contains("3 tables compared: no difference.", "Created 3 objects.");
            assertThat(stack.tables()
                            .describe(new PhysicalTable("Orders-b"))
                            .orElseThrow()
                            .indexes()
                            .get("byTenant"))
                    .extracting(key -> key.name())
                    .containsExactly("organization_id", "at");
            assertThat(exists(stack, "audit")).isTrue();

            assertThat(shell.run("tables", "plan.yaml", "--local", "--json")).isZero();
            assertThat(shell.json().at("/tables")).hasSize(3);
            assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes"))
                    .as(shell.out() + shell.err())
                    .isZero();
        }
    }

    @Test
    void anIndexIsAddedToAnEmptyTableOnly() {
        try (var stack = start()) {
            var shell = shell();
            shell.file("plan.yaml", PLAN.replace("byMail: {", "byName: { partitionKey: name }, byMail: {"));
            var loader = stack.loader();
            loader.create(List.of(contacts(), orders()), name -> name + "-a");
            loader.create(List.of(contacts()), name -> name + "-b");

            assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                    .as(shell.out() + shell.err())
                    .isZero();
            assertThat(stack.tables()
                            .describe(new PhysicalTable("Contacts-b"))
                            .orElseThrow()
                            .indexes())
                    .containsOnlyKeys("byMail", "byName");

            stack.tables().putAll(new PhysicalTable("Contacts-b"), List.of(Map.of("id", AttributeValue.fromS("1"))));
            shell.file("plan.yaml", PLAN.replace("byMail: {", "byAge: { partitionKey: age }, byMail: {"));
            assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                    .isEqualTo(4);
            assertThat(shell.out()).contains("index byAge", "no: the table exists");
        }
    }

    @Test
    void besideATableWithOtherKeysNothingIsCreated() {
        try (var stack = start()) {
            var shell = shell();
            var loader = stack.loader();
            loader.create(List.of(contacts(), orders()), name -> name + "-a");
            loader.create(List.of(ExampleTable.of("Orders", ID, AT)), name -> name + "-b");

            assertThat(shell.run("tables", "plan.yaml", "--local", "--create", "--yes"))
                    .isEqualTo(3);
            assertThat(shell.err()).contains("Orders-b, key: found id (S), at (N), expected id (S).");
            assertThat(exists(stack, "Contacts-b")).isFalse();
            assertThat(exists(stack, "audit")).isFalse();
        }
    }

    private static boolean exists(LocalStack stack, String table) {
        return stack.tables().describe(new PhysicalTable(table)).isPresent();
    }

    private static ExampleTable contacts() {
        return ExampleTable.of("Contacts", ID);
    }

    private static ExampleTable orders() {
        return new ExampleTable("Orders", ID, Optional.empty(), Optional.of(new Index("byTenant", TENANT, AT)));
    }

    private LocalStack start() {
        return stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
    }

    private Shell shell() {
        var stacks = stacks();
        var shell = new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new Interruption.Unheard(), _ -> false),
                        new Environment.Folders(directory, Optional.of(HOME)),
                        new SystemTime(),
                        new SecureRandom(),
                        stacks,
                        stacks));
        shell.file("plan.yaml", PLAN);
        shell.file("audit.json", AUDIT);
        return shell;
    }

    private static Stacks stacks() {
        var files = new LocalFiles(Optional.of(HOME), Optional.empty(), Path.of(System.getProperty("java.home")));
        return new Stacks(Map.of(), files, new SystemTime(), new SecureRandom(), _ -> {});
    }
}
