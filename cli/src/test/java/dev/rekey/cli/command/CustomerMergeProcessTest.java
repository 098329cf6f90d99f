package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables;
import dev.rekey.examples.merges.CustomerData;
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

/** The example of customers that become one: its script, command by command. */
class CustomerMergeProcessTest {
    private static final Path EXAMPLE = ProcessStack.HOME.resolve("examples/customer-merge");
    private static final CustomerData DATA = new CustomerData(6);

    private final Path directory;
    private final Shell shell;
    private LocalStack stack;

    CustomerMergeProcessTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = ProcessStack.shell(directory);
    }

    @BeforeEach
    void load() {
        stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
        stack.loader().create(CustomerData.tables(), name -> name);
        stack.loader().load(DATA.all(), name -> name);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void theScriptRefusesConflictsMergesAndTakesEverythingBack() {
        var before = contents();
        var script = new ProcessScript(EXAMPLE, shell).with("merging", EXAMPLE.resolve("merging.yaml"));
        var plan = EXAMPLE.resolve("plan.yaml").toString();
        assertThat(shell.run("migrate", plan, "--yes", "--local")).isNotZero();
        assertThat(shell.out() + shell.err())
                .contains("merge.conflict", "tables.Clients.username", "veh-01-0", "shared-9");

        assertThat(script.output("analyze $merging --changes")).contains("ready");
        script.keepsRun("preview");
        assertThat(script.output("changes --run $preview --table Clients --limit 10"))
                .contains("merge ", "parent  rewritten");
        assertThat(contents()).isEqualTo(before);

        assertThat(script.output("migrate $merging --without Invoice --yes")).contains("payment provider");
        var merged = byId("User");
        assertThat(merged.get("cust-02").get("parent").s()).isEqualTo("cust-01");
        assertThat(merged.get("cust-03").get("markedDelete").bool()).isTrue();
        assertThat(merged.get("adm-02").get("parent").s()).isEqualTo("cust-02");
        assertThat(merged.get("cli-02-1").get("parent").s()).isEqualTo("cust-01");
        assertThat(merged.get("cli-02-0").get("parent").s()).isEqualTo("cust-02");
        // Of the three with one name, the one of the survivor stays.
        assertThat(merged.get("cli-02-0")).containsKey("markedDelete");
        assertThat(merged.get("cli-01-0")).doesNotContainKey("markedDelete");
        assertThat(byId("Job").get("job-03-0").get("client").s()).isEqualTo("cli-01-0");
        assertThat(byId("JobAssign").get("asg-02-0").get("pilot").s()).isEqualTo("pil-01-0");
        assertThat(byId("Job").get("job-04-0")).isEqualTo(item(before, "Job", "job-04-0"));
        assertThat(byId("Invoice").get("inv-02-0").get("customer").s()).isEqualTo("cust-02");
        script.keepsRun("first");
        script.output("verify --run $first");

        script.output("migrate $merging --yes");
        assertThat(byId("Invoice").get("inv-02-0").get("customer").s()).isEqualTo("cust-01");
        assertThat(script.output("runs --plan customer-merge")).contains("--without Invoice");
        assertThat(script.output("id $merging --table Customers cust-02 --run $first")
                        .strip())
                .isEqualTo("cust-01");

        script.output("rollback --run $first --with-later --yes");
        assertThat(script.rest()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    private static Map<String, AttributeValue> item(
            Map<String, Set<Map<String, AttributeValue>>> contents, String table, String id) {
        return contents.get(table).stream()
                .filter(item -> item.get("id").s().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return items(table).stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), item -> item));
    }

    private Map<String, Set<Map<String, AttributeValue>>> contents() {
        return CustomerData.tables().stream()
                .collect(Collectors.toMap(table -> table.name(), table -> Set.copyOf(items(table.name()))));
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return stack.tables()
                .scan(new Tables.Scan(new PhysicalTable(table), 0, 1, Optional.empty(), 0, true))
                .items();
    }
}
