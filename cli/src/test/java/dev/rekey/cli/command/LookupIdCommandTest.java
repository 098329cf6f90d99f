package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LookupIdCommandTest {
    private static final String PLAN_OF_RUN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        families:
          Tenants: { rule: lookup, mapping: %s }
        tables:
          Contacts: { references: { tenant: Tenants } }
        """;
    private static final String IDS = "{ ids: { legacy-1: org-1, legacy-2: org-2, legacy-3: org-1 }, manyToOne: true }";
    private static final String TABLE = "{ table: tenant_org_mappings, from: tenant_id, to: organization_id }";

    private final Shell shell;

    LookupIdCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
        plan(IDS);
    }

    private void plan(String mapping) {
        shell.file("plan.yaml", """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}" }
            families:
              Tenants: { rule: lookup, mapping: %s }
            tables:
              profiles:
                references: { tenant_id: { family: Tenants, as: organization_id } }
            """.formatted(mapping));
    }

    private int id(String... arguments) {
        var all = Stream.concat(Stream.of("id", "plan.yaml", "--family", "Tenants"), Stream.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    private List<String> lines() {
        return shell.out().lines().toList();
    }

    @Test
    void idsInThePlanNeedNoPlace() {
        assertThat(id("legacy-2")).isZero();
        assertThat(lines()).containsExactly("org-2");
        assertThat(shell.stack.places).isEmpty();
    }

    @Test
    void severalIdsAreAnsweredInOrderEachBesideItsOwn() {
        assertThat(id("legacy-3", "legacy-2")).isZero();
        assertThat(lines()).containsExactly("legacy-3\torg-1", "legacy-2\torg-2");
    }

    @Test
    void aNewIdHasAllItsOldOnes() {
        assertThat(id("org-1", "--reverse")).isZero();
        assertThat(lines()).containsExactly("legacy-1", "legacy-3");
        assertThat(id("org-2", "org-1", "--reverse")).isZero();
        assertThat(lines()).containsExactly("org-2\tlegacy-2", "org-1\tlegacy-1", "org-1\tlegacy-3");
        assertThat(id("org-1", "--reverse", "--json")).isZero();
        assertThat(shell.json().toString())
                .isEqualTo(
                        "{\"family\":\"Tenants\",\"type\":\"S\",\"new\":\"org-1\",\"old\":[\"legacy-1\",\"legacy-3\"]}");
    }

    @Test
    void idsComeFromStandardInput() {
        shell.typing("legacy-1\n\nlegacy-2\n");
        assertThat(id("-")).isZero();
        assertThat(lines()).containsExactly("legacy-1\torg-1", "legacy-2\torg-2");
        assertThat(id("-", "--json")).isZero();
        assertThat(shell.json().at("/ids").toString())
                .isEqualTo("[{\"old\":\"legacy-1\",\"new\":\"org-1\"},{\"old\":\"legacy-2\",\"new\":\"org-2\"}]");
        shell.typing("legacy-1\n");
        assertThat(id("-")).isZero();
        assertThat(lines()).containsExactly("legacy-1\torg-1");
        shell.typing("");
        assertThat(id("-")).isZero();
        assertThat(lines()).isEmpty();
    }

    @Test
    void everyIdThatIsNotInTheMappingIsNamed() {
        assertThat(id("legacy-1", "nobody", "", "legacy-9")).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .contains("Cannot compute the new ids of 3 old ids in family Tenants: ")
                .contains("nobody is not in the mapping; \"\" is empty; legacy-9 is not in the mapping");
        assertThat(id("legacy-1", "--reverse")).isEqualTo(2);
        assertThat(shell.err()).contains("old ids of legacy-1 in family Tenants: it is not a new id of the mapping");
        assertThat(id("legacy-1", "--type", "N")).isEqualTo(2);
        assertThat(shell.err()).contains("the plan declares ids of type S");
    }

    @Test
    void aFileLiesBesideThePlan() {
        plan("{ file: tenants.csv, from: tenant, to: organization }");
        shell.file("tenants.csv", "tenant,organization\nlegacy-1,org-7\n");
        assertThat(id("legacy-1")).isZero();
        assertThat(lines()).containsExactly("org-7");
        assertThat(shell.stack.places).isEmpty();

        shell.file("tenants.csv", "tenant,org\nlegacy-1,org-7\n");
        assertThat(id("legacy-1")).isEqualTo(3);
        assertThat(shell.err())
                .containsIgnoringWhitespaces("it has no column organization, only tenant, org")
                .contains("the mapping of family Tenants has 1 error.")
                .doesNotContain("the plan has");
        plan("{ file: nowhere.csv, from: tenant, to: organization }");
        assertThat(id("legacy-1")).isEqualTo(2);
        assertThat(shell.err()).contains("nowhere.csv");
    }

    @Test
    void aFileInTheBucketOfTheStackIsRead() {
        plan("{ file: \"s3://bucket/plans/tenants.csv\", from: tenant, to: organization }");
        shell.stack.put("plans/tenants.csv", "tenant,organization\nlegacy-1,org-8\n");
        assertThat(id("legacy-1", "--local")).isZero();
        assertThat(lines()).containsExactly("org-8");

        plan("{ file: \"s3://elsewhere/tenants.csv\", from: tenant, to: organization }");
        assertThat(id("legacy-1", "--local")).isEqualTo(3);
        assertThat(shell.err()).contains("is not in the stack's bucket, bucket");
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void aRunAnswersWithWhatWasFrozenInIt() {
        var run = new RunId("20260102T030405678Z-0123abcd");
        var documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        var folder = new RunFolder(run);
        new RunFiles(shell.stack.bucket, run).prepared("migrate", Phase.MIGRATED, "arn", 1);
        var text = PLAN_OF_RUN.formatted("{ file: gone.csv, from: tenant, to: organization }");
        documents.putBytes(folder.planAsWritten(), text.getBytes(StandardCharsets.UTF_8));
        var family = ((PlanReading.Valid) PlanReader.read(text))
                .plan()
                .declared()
                .families()
                .getFirst();
        var mapping = new MappingBuilder(family.rule());
        assertThat(mapping.add("legacy-1", "org-frozen")).isEmpty();
        documents.create(
                folder.mappings(),
                new FrozenMappings(
                        1,
                        List.of(FrozenMappings.write(
                                documents, folder, family.name(), "file gone.csv", mapping.build())),
                        List.of()));

        shell.file("plan.yaml", PLAN_OF_RUN.formatted("{ ids: { legacy-1: org-now } }"));
        assertThat(id("legacy-1")).isZero();
        assertThat(lines()).containsExactly("org-now");
        assertThat(id("legacy-1", "--run", run.value(), "--local"))
                .as(shell.err())
                .isZero();
        assertThat(lines()).containsExactly("org-frozen");
        assertThat(id("org-frozen", "--reverse", "--run", run.value(), "--local"))
                .isZero();
        assertThat(lines()).containsExactly("legacy-1");

        plan(IDS);
        assertThat(id("legacy-1", "--run", run.value(), "--local")).isEqualTo(2);
        assertThat(shell.err()).contains("it is a run of plan promote, not of plan tenants");
        assertThat(id("legacy-1", "--run", "nonsense", "--local")).isEqualTo(2);
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void aRunKnowsTheKeysOfTablesOutsideOfItsScope() {
        var run = new RunId("20260102T030405678Z-0123abcd");
        var documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        var folder = new RunFolder(run);
        new RunFiles(shell.stack.bucket, run).prepared("migrate", Phase.MIGRATED, "arn", 1);
        var text = PLAN_OF_RUN.formatted("{ ids: { a: b } }") + "  Settings: { identity: { rule: keep } }\n";
        documents.putBytes(folder.planAsWritten(), text.getBytes(StandardCharsets.UTF_8));
        shell.file("plan.yaml", text);
        var settings = new TableShape(
                new PhysicalTable("Settings-staging"),
                "0",
                "us-east-1",
                new KeyAttribute("id", KeyType.N),
                Optional.empty(),
                Map.of());
        var whole = documents.get(folder.manifest(), Manifest.class).value();
        documents.put(
                folder.manifest(),
                new Manifest(
                        whole.format(),
                        whole.origin(),
                        whole.levels(),
                        whole.tables(),
                        Map.of(new TableName("Settings"), new Manifest.Shapes(settings, settings)),
                        whole.partitions(),
                        whole.earlier()));

        assertThat(shell.run("id", "plan.yaml", "--table", "Settings", "1E2")).isZero();
        assertThat(lines()).containsExactly("1E2");
        assertThat(shell.run("id", "plan.yaml", "--table", "Settings", "1E2", "--run", run.value(), "--local"))
                .as(shell.err())
                .isZero();
        assertThat(lines()).containsExactly("100");
    }

    @Test
    void aTableIsReadWhereTheSourceIs() {
        plan(TABLE);
        assertThat(id("legacy-1", "--local")).isEqualTo(3);
        assertThat(shell.err()).contains("The mapping table tenant_org_mappings does not exist");

        var table = new PhysicalTable("tenant_org_mappings");
        shell.stack.store.createTable(new TableShape(
                table, "0", "us-east-1", new KeyAttribute("tenant_id", KeyType.S), Optional.empty(), Map.of()));
        for (int i = 1; i <= 30; i++) {
            shell.stack.store.load(
                    table,
                    List.of(Map.of(
                            "tenant_id", AttributeValue.fromS("legacy-" + i),
                            "organization_id", AttributeValue.fromS("org-" + i))));
        }
        assertThat(id("legacy-17", "--local")).as(shell.err()).isZero();
        assertThat(lines()).containsExactly("org-17");
        assertThat(shell.run("id", "plan.yaml", "--table", "profiles", "p-1")).isZero();
        assertThat(lines()).containsExactly("p-1");
        assertThat(shell.stack.isClosed()).isTrue();
    }
}
