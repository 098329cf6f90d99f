package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.contacts.ContactData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The example of customers that become contacts: its script, command by command. */
class CustomersToContactsProcessTest {
    private static final Path EXAMPLE = ProcessStack.HOME.resolve("examples/customers-to-contacts");
    private static final int CUSTOMERS = 20;
    private static final ContactData DATA = new ContactData(CUSTOMERS);

    private final Path directory;
    private final Shell shell;
    private LocalStack stack;

    CustomersToContactsProcessTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = ProcessStack.shell(directory);
    }

    @BeforeEach
    void load() {
        stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
        stack.loader().create(ContactData.tables(), name -> name);
        stack.loader().load(DATA.all(), name -> name);
        stack.loader().load(DATA.defects(), name -> name);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void theScriptNamesDefectsMigratesAndTakesEverythingBack() {
        var script = new ProcessScript(EXAMPLE, shell);
        var plan = EXAMPLE.resolve("plan.yaml").toString();
        assertThat(shell.run("tables", plan, "--local")).isEqualTo(4);
        assertThat(shell.out()).contains("contacts", "addresses", "missing");
        script.output("tables $plan --create --yes");

        assertThat(shell.run("migrate", plan, "--yes", "--local")).isEqualTo(3);
        assertThat(shell.out() + shell.err())
                .contains("check.required", "check.unique", "reference.orphan", "tenant-9", "cust-9999");
        assertThat(items("contacts")).isEmpty();

        stack.loader().load(DATA.all(), name -> name);
        var before = contents();
        assertThat(script.output("analyze $plan --changes")).contains("ready");
        script.keepsRun("preview");
        assertThat(script.output("changes --run $preview --table contacts --limit 5"))
                .contains("create ");
        assertThat(script.output("changes --run $preview --table orders --limit 5"))
                .contains("contact_id", "company_id");
        script.output("test $plan --table orders --id ord-0001-0 --yes");
        assertThat(contents()).isEqualTo(before);

        assertThat(script.output("migrate $plan --yes")).contains("Manual steps that remain", "Delete the table");
        script.keepsRun("first");
        assertMigrated(before);
        assertThat(checks("migrated.json"))
                .contains(
                        "check.required contacts.tenant_id",
                        "check.unique contacts.tenant_id, email",
                        "reference.orphan contacts.tenant_id",
                        "reference.orphan orders.customer_id",
                        "check.required-after contacts.company_id",
                        "check.required-after orders.contact_id",
                        "check.required-after orders.company_id",
                        "verifyRecords contacts.",
                        "verifyRecords orders.",
                        "verifyReferences contacts.",
                        "verifyReferences orders.");

        assertThat(script.output("verify --run $first")).contains("71 matched");
        script.output("tables $plan");
        assertThat(script.output("status --plan $plan --by tenant_id"))
                .contains("100 %", "Not counted, because they are copied: contacts.");

        script.output("rollback --run $first --yes");
        assertThat(script.rest()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    /** Those that passed, by the report that the command saved. */
    private List<String> checks(String report) {
        try (var files = Files.walk(directory.resolve(".rekey/reports"))) {
            var file = files.filter(one -> one.endsWith(report)).findFirst().orElseThrow();
            return new ObjectMapper()
                    .readTree(Files.readString(file))
                    .path("checks")
                    .valueStream()
                    .filter(one -> one.path("found").asLong() == 0)
                    .map(one -> one.path("check").asText() + " "
                            + one.path("table").asText() + "."
                            + one.path("path").asText())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertMigrated(Map<String, Set<Map<String, AttributeValue>>> before) {
        assertThat(Set.copyOf(items("customers"))).isEqualTo(before.get("customers"));
        var contacts = byId("contacts");
        var companies = byId("companies");
        var orders = byId("orders");
        assertThat(contacts).hasSize(CUSTOMERS);
        assertThat(contacts.values())
                .allSatisfy(contact -> assertThat(companies)
                        .containsKey(contact.get("company_id").s()));
        // The company that was missed, and a default company of each tenant.
        assertThat(companies).hasSize(before.get("companies").size() + 1 + 3).containsKey("comp-lost");
        assertThat(contacts.get("cust-0007").get("company_id").s()).isEqualTo("comp-lost");
        for (int i = 4; i < CUSTOMERS; i += 5) {
            var contact = contacts.get("cust-%04d".formatted(i));
            var company = companies.get(contact.get("company_id").s());
            assertThat(company.get("name").s()).isEqualTo("Default company");
            assertThat(company.get("tenant_id")).isEqualTo(contact.get("tenant_id"));
        }
        // Two of the customers without a company are of one tenant.
        assertThat(contacts.get("cust-0004").get("company_id"))
                .isEqualTo(contacts.get("cust-0019").get("company_id"));
        assertThat(orders).hasSize(2 * CUSTOMERS);
        assertThat(orders.values()).allSatisfy(order -> {
            assertThat(order).doesNotContainKey("customer_id");
            assertThat(order.get("company_id"))
                    .isEqualTo(contacts.get(order.get("contact_id").s()).get("company_id"));
        });
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return items(table).stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), item -> item));
    }

    private Map<String, Set<Map<String, AttributeValue>>> contents() {
        return ContactData.tables().stream()
                .map(ExampleTable::name)
                .collect(Collectors.toMap(name -> name, name -> Set.copyOf(items(name))));
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return stack.tables()
                .scan(new Tables.Scan(new PhysicalTable(table), 0, 1, Optional.empty(), 0, true))
                .items();
    }
}
