package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.examples.tenants.Defect;
import dev.rekey.examples.tenants.TenantData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The example of tenants that become organizations: its script, command by command, and its defects. */
class TenantsProcessTest {
    private static final Path HOME = ProcessStack.HOME;
    private static final Path EXAMPLE = HOME.resolve("examples/tenant-to-organization");
    private static final TenantData DATA = new TenantData(42, 12, 120);
    private static final List<String> CHANGED = List.of("profiles", "claims", "documents");
    private static final int LATE = 20;

    private final Path directory;
    private final Shell shell;
    private LocalStack stack;

    TenantsProcessTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = ProcessStack.shell(directory);
    }

    @BeforeEach
    void load() {
        stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")));
        stack.loader().create(TenantData.tables(), name -> name);
        stack.loader().load(DATA.all(), name -> name);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void theScriptMigratesInPartsAndTakesEverythingBack() {
        var before = contents();
        var script = new ProcessScript(EXAMPLE, shell);

        assertThat(script.output("validate $plan")).contains("ready");
        assertThat(script.output("analyze $plan")).contains("ready");
        assertThat(contents()).isEqualTo(before);

        script.output("migrate $plan --table profiles --yes");
        assertThat(done()).isEqualTo(Map.of("profiles", DATA.profiles(), "claims", 0, "documents", 0));
        script.keepsRun("first");
        script.output("verify --run $first");

        script.output("migrate $plan --where tenant_id=legacy-003 --yes");
        assertThat(items("claims").stream().filter(TenantsProcessTest::isDone))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.get("tenant_id").s()).isEqualTo("legacy-003"));

        assertThat(script.output("status --plan $plan --by tenant_id"))
                .contains("profiles", "legacy-003", "100 %", "0 %");

        script.output("migrate $plan --yes");
        assertThat(done())
                .isEqualTo(Map.of("profiles", DATA.profiles(), "claims", DATA.claims(), "documents", DATA.documents()));

        stack.loader().load(DATA.late(LATE), name -> name);
        script.output("migrate $plan --until-clean 5 --yes");
        theOrganizationsAreThoseOfTheMapping();
        script.keepsRun("last");
        script.output("verify --run $last");

        assertThat(script.output("id $plan --family Tenants legacy-003").strip())
                .isEqualTo(DATA.organizationId(2));
        script.keepsAnswer("organization");
        assertThat(script.output("id $plan --family Tenants --reverse $organization")
                        .strip())
                .isEqualTo("legacy-003");

        script.output("rollback --run $first --with-later --yes");
        assertThat(script.rest()).isEmpty();
        DATA.late(LATE).forEach(record -> remove("profiles", record.item().get("id")));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void everyDefectIsNamedByTheAnalysis() {
        var before = contents();
        plant(Defect.FoundIn.MAPPING);
        isNamed(Defect.FoundIn.MAPPING, "plan.yaml", planText());
        takeOut(Defect.FoundIn.MAPPING);
        plant(Defect.FoundIn.DATA);
        isNamed(Defect.FoundIn.DATA, "plan.yaml", planText());
        takeOut(Defect.FoundIn.DATA);
        plant(Defect.FoundIn.REPLACEMENT);
        assertThat(shell.run("analyze", "plan.yaml", "--local"))
                .as("with as, %s", shell.out())
                .isZero();
        isNamed(
                Defect.FoundIn.REPLACEMENT,
                "replacement.yaml",
                planText()
                        .replace("{ family: Tenants, as: organization_id }", "Tenants")
                        .replaceAll(" +after: .*\n", ""));
        takeOut(Defect.FoundIn.REPLACEMENT);
        assertThat(contents()).isEqualTo(before);
    }

    private void isNamed(Defect.FoundIn found, String file, String plan) {
        shell.file(file, plan);
        assertThat(shell.run("analyze", file, "--local", "--json"))
                .as(shell.out())
                .isEqualTo(3);
        var problems = StreamSupport.stream(problems(shell.json()).spliterator(), false)
                .filter(problem -> !problem.at("/severity").asText().equals("warning"))
                .collect(Collectors.groupingBy(
                        problem -> problem.at("/id").asText(),
                        TreeMap::new,
                        Collectors.mapping(JsonNode::toString, Collectors.joining("\n"))));
        var ids = planted(found).stream().map(Defect::problem).collect(Collectors.toCollection(TreeSet::new));
        if (ids.contains("check.required")) {
            // A record without a tenant would have no organization either.
            ids.add("check.required-after");
        }
        assertThat(problems.keySet()).as(shell.out()).isEqualTo(ids);
        assertThat(planted(found))
                .allSatisfy(defect -> assertThat(problems.get(defect.problem())).contains(defect.named()));
    }

    private static JsonNode problems(JsonNode answer) {
        return answer.has("problems") ? answer.get("problems") : answer.at("/survey/problems");
    }

    private void plant(Defect.FoundIn found) {
        planted(found).forEach(defect -> stack.loader().load(DATA.with(defect).stream(), name -> name));
    }

    private void takeOut(Defect.FoundIn found) {
        planted(found)
                .forEach(defect -> DATA.with(defect).forEach(record -> {
                    var key = record.table().equals("tenant_org_mappings") ? "mapping_id" : "id";
                    remove(record.table(), record.item().get(key), key);
                }));
    }

    private static List<Defect> planted(Defect.FoundIn found) {
        return Arrays.stream(Defect.values())
                .filter(defect -> defect.found() == found)
                .toList();
    }

    private static String planText() {
        try {
            return Files.readString(EXAMPLE.resolve("plan.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void theOrganizationsAreThoseOfTheMapping() {
        var organizations = items("tenant_org_mappings").stream()
                .filter(mapping -> mapping.get("active").bool())
                .collect(Collectors.toMap(
                        mapping -> mapping.get("tenant_id"), mapping -> mapping.get("organization_id")));
        CHANGED.forEach(table -> assertThat(items(table))
                .hasSizeGreaterThanOrEqualTo(DATA.profiles())
                .allSatisfy(record -> assertThat(record.get("organization_id"))
                        .isEqualTo(organizations.get(record.get("tenant_id")))));
    }

    private Map<String, Integer> done() {
        return CHANGED.stream().collect(Collectors.toMap(table -> table, table ->
                (int) items(table).stream().filter(TenantsProcessTest::isDone).count()));
    }

    private static boolean isDone(Map<String, AttributeValue> record) {
        return record.containsKey("organization_id");
    }

    private Map<String, Set<Map<String, AttributeValue>>> contents() {
        return TenantData.tables().stream()
                .collect(Collectors.toMap(table -> table.name(), table -> Set.copyOf(items(table.name()))));
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return stack.tables()
                .scan(new Tables.Scan(new PhysicalTable(table), 0, 1, Optional.empty(), 0, true))
                .items();
    }

    private void remove(String table, AttributeValue id) {
        remove(table, id, "id");
    }

    private void remove(String table, AttributeValue id, String attribute) {
        var found = items(table).stream()
                .filter(item -> item.get(attribute).equals(id))
                .findFirst()
                .orElseThrow();
        var _ = stack.tables()
                .delete(new PhysicalTable(table), new Key(Map.of(attribute, id)), new Expected.Attributes(found));
    }
}
