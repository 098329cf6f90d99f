package dev.rekey.engine.tables;

import static dev.rekey.engine.tables.Requests.expiring;
import static dev.rekey.engine.tables.Requests.plain;
import static dev.rekey.engine.tables.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.store.InMemoryDefinitions;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import dev.rekey.engine.tables.ComparedTable.Role;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

class PlannedTablesTest {
    private static final String COPY = """
        plan: p
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: keep }
        tables:
          A:
        """;
    private static final PhysicalTable TARGET = new PhysicalTable("A-b");

    private final InMemoryDefinitions definitions = new InMemoryDefinitions();

    private List<ComparedTable> compare(String plan, CreateTableRequest... further) {
        return new PlannedTables(plan(plan), List.of(further), definitions, definitions, _ -> false).compare();
    }

    private static Plan plan(String text) {
        var reading = PlanReader.read(text);
        assertThat(reading).isInstanceOf(PlanReading.Valid.class);
        return ((PlanReading.Valid) reading).plan();
    }

    /** Of the only table. */
    private List<SchemaDifference> differences(String plan) {
        var compared = compare(plan);
        assertThat(compared).hasSize(1);
        return compared.getFirst().differences();
    }

    private static SchemaDifference reported(String what, String found, String wanted) {
        return new SchemaDifference(what, found, wanted, Remedy.REPORTED);
    }

    @Test
    void tablesThatAreAlikeDoNotDiffer() {
        definitions.add(plain(table("A-a", "id:S at:N", Map.of("byOwner", "owner:S"))));
        definitions.add(plain(table("A-b", "id:S at:N", Map.of("byOwner", "owner:S", "onlyHere", "x:S"))));

        assertThat(differences(COPY)).isEmpty();
    }

    @Test
    void aMissingTableIsCreatedWithNewNamesOfAttributesAndTheIndexesOfThePlan() {
        var source = table("A-a", "id:S", Map.of("byOwner", "owner:S at:N", "byState", "state:S"));
        definitions.add(expiring(plain(source), "until"));

        var compared = compare(COPY + """
                rename: { owner: ownerId, until: expiresAt }
                indexes:
                  byState: { partitionKey: state, sortKey: at, projection: [name] }
                  byDay: { partitionKey: day }
            """).getFirst();

        assertThat(compared.differences())
                .containsExactly(new SchemaDifference("table", "missing", "id (S); 3 indexes", Remedy.CREATED));
        var wanted = compared.wanted().orElseThrow();
        assertThat(wanted.table()).isEqualTo(TARGET);
        assertThat(wanted.timeToLive()).contains(new TimeToLive(Optional.of("expiresAt")));
        assertThat(wanted.request().globalSecondaryIndexes())
                .extracting(index ->
                        index.indexName() + ": " + Keys.described(wanted, index.keySchema(), index.projection()))
                .containsExactly(
                        "byOwner: ownerId (S), at (N); all attributes",
                        "byState: state (S), at (N); with name",
                        "byDay: day (S); all attributes");
        assertThat(wanted.request().attributeDefinitions())
                .extracting(definition -> definition.attributeName())
                .containsExactly("at", "day", "id", "ownerId", "state");
    }

    @Test
    void everythingThatDiffersIsNamed() {
        var local = LocalSecondaryIndex.builder()
                .indexName("local")
                .keySchema(Keys.schema(List.of("id", "n")))
                .projection(Projection.builder()
                        .projectionType(ProjectionType.KEYS_ONLY)
                        .build())
                .build();
        var source = table("A-a", "id:S", Map.of("byN", "n:N", "byOwner", "owner:S")).toBuilder()
                .localSecondaryIndexes(local)
                .deletionProtectionEnabled(true)
                .tags(Requests.tag("team", "data"), Requests.tag("cost", "1"), Requests.tag("same", "x"))
                .build();
        definitions.add(
                new TableDefinition(source, Optional.of(new TimeToLive(Optional.of("until"))), PointInTimeRecovery.ON));
        var target = table("A-b", "id:S", Map.of("byN", "n:S")).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .tags(Requests.tag("team", "ops"), Requests.tag("same", "x"), Requests.tag("own", "y"))
                .build();
        definitions.add(plain(target));
        definitions.fill(TARGET);

        assertThat(differences(COPY))
                .containsExactly(
                        reported("local index local", "missing", "id (S), n (N); keys only"),
                        reported("index byN", "n (S); all attributes", "n (N); all attributes"),
                        reported("index byOwner", "missing", "owner (S); all attributes"),
                        reported("billing mode", "PROVISIONED", "PAY_PER_REQUEST"),
                        reported("time to live", "off", "by until"),
                        reported("deletion protection", "off", "on"),
                        reported("point-in-time recovery", "off", "on"),
                        reported("tag team", "ops", "data"),
                        reported("tag cost", "missing", "1"));
    }

    @Test
    void otherKeysAreRefused() {
        definitions.add(plain(table("A-a", "id:S at:N", Map.of())));
        definitions.add(plain(table("A-b", "id:S", Map.of())));

        assertThat(differences(COPY))
                .containsExactly(new SchemaDifference("key", "id (S)", "id (S), at (N)", Remedy.REFUSED));
    }

    @Test
    void anIndexIsAddedOnlyToAnEmptyTable() {
        definitions.add(plain(table("A-a", "id:S", Map.of("byOwner", "owner:S"))));
        definitions.add(plain(table("A-b", "id:S", Map.of())));

        assertThat(compare(COPY).getFirst().creatable())
                .extracting(GlobalSecondaryIndex::indexName)
                .containsExactly("byOwner");

        definitions.fill(TARGET);
        assertThat(compare(COPY).getFirst().creatable()).isEmpty();
        assertThat(differences(COPY))
                .containsExactly(reported("index byOwner", "missing", "owner (S); all attributes"));
    }

    @Test
    void anIndexIsNotAddedIfAnAttributeHasAnotherTypeThere() {
        definitions.add(plain(table("A-a", "id:S", Map.of("byOwner", "owner:S"))));
        definitions.add(plain(table("A-b", "id:S", Map.of("other", "owner:N"))));

        assertThat(compare(COPY).getFirst().creatable()).isEmpty();
        assertThat(differences(COPY))
                .containsExactly(reported("index byOwner", "missing", "owner (S); all attributes"));
    }

    @Test
    void anIndexOfThePlanThatCannotBeIsRefused() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));

        assertThat(compare(COPY + "    indexes: { byId: { partitionKey: { name: id, type: N } } }")
                        .getFirst())
                .satisfies(compared -> assertThat(compared.isRefused()).isTrue())
                .extracting(compared -> compared.differences().getFirst())
                .isEqualTo(new SchemaDifference(
                        "index byId", "id (S) is in another key of the table", "id (N)", Remedy.REFUSED));
    }

    @Test
    void withoutItsSourceATableIsRefused() {
        definitions.add(plain(table("A-b", "id:S", Map.of())));

        assertThat(differences(COPY))
                .containsExactly(new SchemaDifference("source A-a", "missing", "a table", Remedy.REFUSED));
    }

    @Test
    void aTableThatIsChangedInPlaceIsComparedWithTheIndexesOfThePlanOnly() {
        definitions.add(expiring(plain(table("A-a", "id:S", Map.of("byTenant", "tenant:S", "fits", "x:N"))), "t"));

        var compared = compare("""
            plan: p
            mode: inPlace
            source: { tables: "{table}-a" }
            tables:
              A:
                identity: { rule: keep }
                indexes: { byOrg: { partitionKey: org }, fits: { partitionKey: x } }
            """).getFirst();

        assertThat(compared.role()).isEqualTo(Role.IN_PLACE);
        assertThat(compared.differences())
                .containsExactly(reported("index byOrg", "missing", "org (S); all attributes"));
        assertThat(compared.creatable()).isEmpty();
        assertThat(compared.isToBeCreated()).isFalse();
    }

    @Test
    void severalKindsOfOnePhysicalTableAreComparedOnce() {
        definitions.add(plain(table("App-a", "id:S", Map.of())));

        var compared = compare("""
            plan: p
            source: { tables: "{table}-a" }
            target: { tables: "{table}-b" }
            identity: { rule: keep }
            tables:
              Users: { from: App, match: { kind: u }, indexes: { byMail: { partitionKey: mail } } }
              Jobs: { from: App, match: { kind: j }, indexes: { byUser: { partitionKey: user } } }
            """);

        assertThat(compared).hasSize(1);
        assertThat(compared.getFirst().tables()).hasSize(2);
        assertThat(compared.getFirst().differences())
                .containsExactly(new SchemaDifference("table", "missing", "id (S); 2 indexes", Remedy.CREATED));
    }

    @Test
    void anIndexWhoseAttributeGetsSeveralNamesIsRefusedUnlessThePlanDefinesIt() {
        definitions.add(plain(table("App-a", "id:S", Map.of("byTenant", "tenant:S"))));
        var plan = """
            plan: p
            source: { tables: "{table}-a" }
            target: { tables: "{table}-b" }
            identity: { rule: keep }
            tables:
              Users: { from: App, match: { kind: u }, rename: { tenant: org } }
              Jobs: { from: App, match: { kind: j } }
              Notes: { from: App, match: { kind: n }, drop: [tenant] }
            """;

        var guessed = compare(plan).getFirst();
        assertThat(guessed.isRefused()).isTrue();
        assertThat(guessed.differences())
                .contains(new SchemaDifference(
                        "index byTenant",
                        "tenant becomes org and tenant in different tables of the plan",
                        "one name, or an index of the plan",
                        Remedy.REFUSED));

        var defined = plan.replace("{ kind: j }", "{ kind: j }, indexes: { byTenant: { partitionKey: org } }");
        assertThat(compare(defined).getFirst().isRefused()).isFalse();
        var same = plan.replace("{ kind: j }", "{ kind: j }, rename: { tenant: org }");
        assertThat(compare(same).getFirst().isRefused()).isFalse();
    }

    @Test
    void twoDefinitionsOfOneIndexAreRefused() {
        definitions.add(plain(table("App-a", "id:S", Map.of())));

        var compared = compare("""
            plan: p
            source: { tables: "{table}-a" }
            target: { tables: "{table}-b" }
            identity: { rule: keep }
            tables:
              Users: { from: App, match: { kind: u }, indexes: { one: { partitionKey: mail } } }
              Jobs: { from: App, match: { kind: j }, indexes: { one: { partitionKey: user } } }
            """);

        assertThat(compared.getFirst().isRefused()).isTrue();
    }

    @Test
    void furtherTablesAreComparedWithTheirRequests() {
        definitions.add(plain(table("A-a", "id:S", Map.of())));
        definitions.add(plain(table("A-b", "id:S", Map.of())));
        definitions.add(expiring(plain(table("there", "id:S", Map.of())), "until"));

        var compared = compare(
                COPY,
                table("there", "id:S", Map.of("byX", "x:S")),
                table("new", "id:S", Map.of()),
                table("A-b", "id:S", Map.of()));

        assertThat(compared.subList(1, 4)).allMatch(table -> table.role() == Role.FURTHER);
        assertThat(compared.get(1).differences())
                .containsExactly(new SchemaDifference("index byX", "missing", "x (S); all attributes", Remedy.CREATED));
        assertThat(compared.get(2).isToBeCreated()).isTrue();
        assertThat(compared.get(3).isRefused()).as("the plan writes it").isTrue();
    }

    @Test
    void anIndexOfThePlanHasTheCapacityOfTheTable() {
        var throughput = ProvisionedThroughput.builder()
                .readCapacityUnits(3L)
                .writeCapacityUnits(4L)
                .build();
        definitions.add(plain(table("A-a", "id:S", Map.of()).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(throughput)
                .build()));

        var wanted = compare(COPY + "    indexes: { byX: { partitionKey: x } }")
                .getFirst()
                .wanted()
                .orElseThrow();
        assertThat(wanted.request().provisionedThroughput()).isEqualTo(throughput);
        assertThat(wanted.request().globalSecondaryIndexes().getFirst().provisionedThroughput())
                .isEqualTo(throughput);
    }
}
