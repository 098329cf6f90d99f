package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The example of files that are imported: its script, command by command. */
class CsvImportProcessTest {
    private static final Path EXAMPLE = ProcessStack.HOME.resolve("examples/csv");

    private final Path directory;
    private final Shell shell;
    private LocalStack stack;

    CsvImportProcessTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = ProcessStack.shell(directory);
    }

    @BeforeEach
    void start() {
        stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void theScriptRefusesDefectsImportsAndTakesEverythingBack() {
        var script = new ProcessScript(EXAMPLE, shell);
        assertThat(script.output("tables $plan --create --yes")).contains("Created 3 objects");
        assertThat(shell.run("migrate", EXAMPLE.resolve("defects.yaml").toString(), "--yes", "--local"))
                .isEqualTo(3);
        assertThat(shell.out() + shell.err())
                .contains("file.cell", "file.record", "file.duplicate-key", "defects/Customers.csv:3")
                .contains("defects/Tickets.csv:4");
        assertThat(items("Customers")).isEmpty();

        assertThat(script.output("analyze $plan")).contains("ready");
        script.output("test $plan --table Tickets --id 1 --yes");
        assertThat(items("Tickets")).isEmpty();
        script.output("migrate $plan --yes");
        script.keepsRun("first");
        var customers = items("Customers").stream()
                .collect(Collectors.toMap(item -> item.get("name").s(), item -> item));
        assertThat(customers.get("Ann Lee"))
                .containsEntry("tier", AttributeValue.fromS("gold"))
                .containsEntry("age", AttributeValue.fromN("41"))
                .doesNotContainKeys("Customer No", "segment");
        assertThat(customers.get("Baker, \"Bo\" & Sons")).doesNotContainKeys("age", "tags", "tier");
        assertThat(customers.get("").get("address").nul()).isTrue();
        assertThat(items("Tickets")).hasSize(3);
        script.output("verify --run $first");
        assertThat(script.output("id $plan --table Customers C-1001").strip())
                .isEqualTo(customers.get("Ann Lee").get("id").s());

        script.output("rollback --run $first --verify --yes");
        assertThat(script.rest()).isEmpty();
        assertThat(items("Customers")).isEmpty();
    }

    @Test
    void whatCannotBeUploadedIsNamedBeforeAnythingStarts() throws IOException {
        var plan = Files.writeString(directory.resolve("plan.yaml"), """
                plan: p
                source: { files: "data/{table}-*.csv" }
                target: { tables: "crm-{table}" }
                identity: { rule: keep }
                tables: { Customers: {} }
                """);
        assertThat(shell.run("analyze", plan.toString(), "--local")).isEqualTo(2);
        assertThat(shell.err()).contains("there is no file data/Customers-*.csv beside it", "Nothing was started.");
        Files.createDirectory(directory.resolve("data"));
        try (var large = new java.io.RandomAccessFile(
                directory.resolve("data/Customers-1.csv").toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        assertThat(shell.run("analyze", plan.toString(), "--local")).isEqualTo(2);
        assertThat(shell.err()).contains("file.too-large", "data/Customers-1.csv");
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return stack.tables()
                .scan(new Tables.Scan(new PhysicalTable("crm-" + table), 0, 1, Optional.empty(), 0, true))
                .items();
    }
}
