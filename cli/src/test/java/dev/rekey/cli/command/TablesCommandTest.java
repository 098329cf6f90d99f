package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.aws.CreateTableJson;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rekey tables}. */
class TablesCommandTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: keep }
        createTables: [audit.json]
        tables:
          Contacts: {}
          Orders: { indexes: { byContact: { partitionKey: contactId } } }
        """;

    private final Shell shell;

    TablesCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", PLAN);
        shell.file("audit.json", request("audit", "S"));
        add("Contacts-a", "S", Optional.of("until"));
        add("Orders-a", "S", Optional.empty());
    }

    private void add(String table, String type, Optional<String> expiry) {
        shell.stack.definitions.add(new TableDefinition(
                CreateTableJson.read(request(table, type)),
                Optional.of(new TimeToLive(expiry)),
                PointInTimeRecovery.OFF));
    }

    private static String request(String table, String type) {
        return """
            {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "%s"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
            """.formatted(table, type);
    }

    @Test
    void differencesAreATableAndAnExitCode() {
        add("Contacts-b", "S", Optional.empty());

        assertThat(shell.run("tables", "plan.yaml")).isEqualTo(4);
        assertThat(shell.out().lines().toList())
                .containsExactly(
                        "table       difference in  found    expected         --create",
                        "Contacts-b  time to live   off      by until         no: the table exists",
                        "Orders-b    table          missing  id (S); 1 index  creates it",
                        "audit       table          missing  id (S)           creates it",
                        "3 tables compared: 3 differences.");
        assertThat(shell.stack.definitions.changes).isEmpty();
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void differencesAreADocument() {
        add("Contacts-b", "N", Optional.of("until"));

        assertThat(shell.run("tables", "plan.yaml", "--json")).isEqualTo(4);
        var json = shell.json();
        assertThat(json.at("/plan").asText()).isEqualTo("promote");
        assertThat(json.at("/exitCode").asInt()).isEqualTo(4);
        assertThat(json.at("/tables/0/table").asText()).isEqualTo("Contacts-b");
        assertThat(json.at("/tables/0/exists").asBoolean()).isTrue();
        assertThat(json.at("/tables/0/planned/0").asText()).isEqualTo("Contacts");
        assertThat(json.at("/tables/0/differences/0/in").asText()).isEqualTo("key");
        assertThat(json.at("/tables/0/differences/0/found").asText()).isEqualTo("id (N)");
        assertThat(json.at("/tables/0/differences/0/expected").asText()).isEqualTo("id (S)");
        assertThat(json.at("/tables/0/differences/0/refused").asBoolean()).isTrue();
        assertThat(json.at("/tables/1/differences/0/creatable").asBoolean()).isTrue();
        assertThat(json.at("/tables/2/role").asText()).isEqualTo("further");
        assertThat(json.has("created")).isFalse();
    }

    @Test
    void whatIsMissingIsCreatedOnceAndStandsInALedger() {
        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes"))
                .as(shell.err())
                .isZero();
        assertThat(shell.stack.definitions.changes)
                .containsExactly("create Contacts-b", "create Orders-b", "create audit", "expire Contacts-b by until");
        assertThat(shell.out()).contains("3 tables compared: no difference.", "Created 4 objects.");
        var ledger = shell.out().replaceAll("(?s).*--run (\\S+).*", "$1");

        assertThat(shell.run("tables", "plan.yaml")).isZero();
        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes", "--json"))
                .isZero();
        assertThat(shell.json().has("created")).isFalse();
        assertThat(shell.stack.definitions.changes).hasSize(4);

        assertThat(shell.run("ledger", "--run", ledger, "--verify")).isZero();
        assertThat(shell.out())
                .contains(": table Contacts-b, table Orders-b, table audit")
                .contains("creating for plan promote (", "created: table audit")
                .contains("created: time to live of Contacts-b by until", "The hash chain of 5 entries is intact.");
    }

    @Test
    void whatWillBeCreatedIsShownAndConfirmed() {
        assertThat(shell.run("tables", "plan.yaml", "--create")).isEqualTo(2);
        assertThat(shell.err()).contains("Cannot create the tables of plan.yaml: it requires confirmation");

        assertThat(shell.typing("demote").run("tables", "plan.yaml", "--create"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("Creates, with your permissions:", "  table Orders-b", "  table audit");
        assertThat(shell.stack.definitions.changes).isEmpty();

        assertThat(shell.typing("promote").run("tables", "plan.yaml", "--create"))
                .isZero();
        assertThat(shell.stack.definitions.changes).hasSize(4);
    }

    @Test
    void aTableWithOtherKeysKeepsEverythingFromBeingCreated() {
        add("Orders-b", "N", Optional.empty());

        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes")).isEqualTo(3);
        assertThat(shell.err())
                .contains("Cannot create the tables of plan.yaml: Orders-b, key: found id (N), expected id (S)."
                        + " Nothing was created.");
        assertThat(shell.stack.definitions.changes).isEmpty();
    }

    @Test
    void whatCannotBeCreatedSaysWhatWas() {
        shell.stack.definitions.deny("create Orders-b");

        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes", "--json"))
                .isEqualTo(6);
        assertThat(shell.json().at("/error").asText()).isEqualTo("Store.DENIED");
        assertThat(shell.json().at("/message").asText())
                .contains("Cannot create Orders-b: access was denied.", "Created before: table Contacts-b.");
    }

    @Test
    void theNextAttemptCompletesWhatThisOneMadeAndNothingElse() {
        add("Orders-a", "S", Optional.of("until"));
        add("Orders-b", "S", Optional.empty());
        shell.stack.definitions.fill(new PhysicalTable("Orders-b"));
        shell.stack.definitions.deny("expire Contacts-b by until");
        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes")).isEqualTo(6);
        assertThat(shell.err()).contains("Run the command again to create the rest");
        shell.stack.definitions.allow();

        assertThat(shell.typing("promote").run("tables", "plan.yaml", "--create"))
                .as("Orders-b is of another origin")
                .isEqualTo(4);
        assertThat(shell.err())
                .contains("  time to live of Contacts-b by until")
                .doesNotContain("time to live of Orders-b");
        assertThat(shell.out()).contains("Orders-b  time to live").doesNotContain("Contacts-b");
        assertThat(shell.stack.definitions.changes)
                .containsExactly("create Contacts-b", "create audit", "expire Contacts-b by until");
    }

    @Test
    void withoutPermissionNothingWasCreated() {
        shell.stack.definitions.deny("create Contacts-b");

        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes")).isEqualTo(3);
        assertThat(shell.err()).contains("access was denied");
    }

    @Test
    void aDifferenceThatCannotBeCreatedIsLeft() {
        add("Contacts-b", "S", Optional.empty());
        add("audit", "S", Optional.empty());
        add("Orders-b", "S", Optional.empty());
        shell.stack.definitions.fill(new PhysicalTable("Orders-b"));

        assertThat(shell.run("tables", "plan.yaml", "--create", "--yes")).isEqualTo(4);
        assertThat(shell.out()).contains("index byContact", "time to live").doesNotContain("Created");
        assertThat(shell.stack.definitions.changes).isEmpty();
    }

    @Test
    void aFileThatIsNoRequestIsNamed() {
        shell.file("audit.json", "{\"TableNam\": \"audit\"}");

        assertThat(shell.run("tables", "plan.yaml")).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot compare the tables of plan.yaml: its createTables names ")
                .contains("audit.json, and it has the unknown field TableNam; known are AttributeDefinitions");

        shell.file("plan.yaml", PLAN.replace("audit.json", "other.json"));
        assertThat(shell.run("tables", "plan.yaml")).isEqualTo(2);
        assertThat(shell.err()).contains("other.json, and it does not exist.");
    }

    @Test
    void yesNeedsCreate() {
        assertThat(shell.run("tables", "plan.yaml", "--yes")).isEqualTo(2);
        assertThat(shell.err()).contains("--yes is given without --create");
    }
}
