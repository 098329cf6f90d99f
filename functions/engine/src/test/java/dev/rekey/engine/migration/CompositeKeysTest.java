package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.CompositeKeys;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.analyze.Findings;
import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.Place;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys that hold more than one id, or an id and more. */
final class CompositeKeysTest {
    private final World world = new World();
    private int starts;

    private Migration migration(Action action, String... tables) {
        var start = new Start(world, action.word() + starts++);
        return new Migration(world, Plans.of(tables), start, start.ready(action, Plans.of(tables)));
    }

    private Analysis analyze(String... tables) {
        return migration(Action.ANALYZE, tables).validate();
    }

    private static List<String> composite(List<FindingGroup> found) {
        return found.stream()
                .filter(one -> one.id().equals("key.composite"))
                .map(one -> one.table().orElseThrow() + "." + one.path())
                .toList();
    }

    private static FindingGroup found(Analysis analysis, String path) {
        return analysis.blockers().stream()
                .filter(one -> one.id().equals("key.composite") && one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void shop() {
        SingleTable.create(world, "Shop");
        world.pageLimit(4);
        SingleTable.items().forEach(item -> world.load("src-Shop", item));
    }

    /** A table with a sort key and an index of a text. */
    private void keyed(String name, KeyType partition) {
        for (var side : List.of("src-", "dst-")) {
            world.memory()
                    .createTable(new TableShape(
                            new PhysicalTable(side + name),
                            "000000000000",
                            "eu-west-1",
                            new KeyAttribute("id", partition),
                            Optional.of(new KeyAttribute("at", KeyType.S)),
                            Map.of("by", List.of(new KeyAttribute("by", KeyType.S)))));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"ANALYZE", "VALIDATE", "MIGRATE"})
    void aSingleTableIsNotReadyWhoeverAsks(Action action) {
        shop();
        var migration = migration(action, "Shop: {}");
        var analysis = migration.validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(composite(analysis.blockers()))
                .containsExactlyInAnyOrder("Shop.PK", "Shop.SK", "Shop.GSI1PK", "Shop.GSI1SK");
        assertThat(analysis.warnings()).noneMatch(one -> one.id().equals("reference.undeclared"));
        migration.report(RunOutcome.REFUSED);
        assertThat(migration.control().phase()).isEqualTo(Phase.REFUSED);
        assertThat(world.items("dst-Shop")).isEmpty();
    }

    @Test
    void aBlockerCountsTheValuesAndNamesRecords() {
        shop();
        var analysis = analyze("Shop: {}");
        // 12 orders of customers; neither PROFILE nor ITEM#1 is anybody's key.
        var sort = found(analysis, "SK");
        assertThat(sort.count()).isEqualTo(12);
        assertThat(sort.message()).contains("values such as ORDER#… are ids of Shop, whose records get new ids");
        assertThat(sort.records().examples())
                .isNotEmpty()
                .allMatch(one -> one.record().contains("ORDER#"));
        assertThat(sort.hint()).contains("key: { SK: keep }");
        var own = found(analysis, "PK");
        assertThat(own.count()).isEqualTo(12 + 4 + 12);
        assertThat(own.message())
                .contains("16 values have the form CUST#")
                .contains("in record {\"PK\":{\"S\":\"CUST#");
        assertThat(analysis.problems())
                .filteredOn(problem -> problem.id().equals("key.composite"))
                .extracting(problem -> problem.path())
                .contains("tables.Shop.key.GSI1PK");
    }

    @Test
    void thePlanLiftsItByKeepingTheKeys() {
        shop();
        var migration =
                Migration.begun(world, Plans.of("Shop: { key: { PK: keep, SK: keep, GSI1PK: keep, GSI1SK: keep } }"));
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        assertThat(world.items("dst-Shop")).containsExactlyInAnyOrderElementsOf(world.items("src-Shop"));
    }

    @Test
    void anOpaqueKeyIsOneIdAndWhatIsEqualToItMustBeDeclared() {
        shop();
        var opaque = analyze("Shop: { key: { PK: { self: opaque } } }");
        assertThat(composite(opaque.blockers())).containsExactlyInAnyOrder("Shop.SK", "Shop.GSI1PK", "Shop.GSI1SK");
        var declared = analyze(
                "Shop: { key: { PK: { self: opaque }, SK: keep }," + " references: { GSI1PK: Shop, GSI1SK: Shop } }");
        assertThat(composite(declared.blockers())).isEmpty();
    }

    @Test
    void idsThatDoNotChangeAreInNobodysWay() {
        shop();
        assertThat(analyze("Shop: { identity: { rule: keep } }").blockers()).isEmpty();
    }

    /** Ids of other tables, behind any separator, in the sort key and in the key of an index. */
    @ParameterizedTest
    @ValueSource(strings = {"USER#%s", "USER|%s", "user:%s", "users/%s/inbox", "u~%s", "user_%s", "2024-05-01#%s"})
    void aPartThatIsAnIdOfAnotherTableIsABlocker(String form) {
        world.create("Users", KeyType.S);
        keyed("Events", KeyType.S);
        for (int i = 0; i < 5; i++) {
            world.load("src-Users", record("id", uuid("u" + i)));
            world.load(
                    "src-Events",
                    record("id", uuid("e" + i), "at", form.formatted(uuid("u" + i)), "by", form.formatted(uuid("u1"))));
        }
        var analysis = analyze("Users: {}", "Events: {}");
        assertThat(composite(analysis.blockers())).containsExactlyInAnyOrder("Events.at", "Events.by");
        assertThat(found(analysis, "by").count()).isEqualTo(5);
        assertThat(composite(analyze("Users: {}", "Events: { key: { at: keep, by: keep } }")
                        .blockers()))
                .isEmpty();
        assertThat(composite(analyze("Users: {}", "Events: { key: { at: keep }, set: { by: x } }")
                        .blockers()))
                .isEmpty();
    }

    @Test
    void shortIdsCountWhereNearlyAllMatchAndTheWordBeforeThemNamesTheTable() {
        world.create("Customers", KeyType.N);
        world.create("Tenants", KeyType.S);
        keyed("Orders", KeyType.S);
        for (int i = 1; i <= 20; i++) {
            world.memory()
                    .load(
                            new PhysicalTable("src-Customers"),
                            List.of(Map.of("id", AttributeValue.fromN(String.valueOf(i)))));
            world.load("src-Tenants", record("id", "t" + i));
            world.load("src-Orders", record("id", uuid("o" + i), "at", "CUST#" + i, "by", "t" + i + "#o" + i));
        }
        var analysis = analyze("Customers: { identity: { digits: 9 } }", "Tenants: {}", "Orders: {}");
        assertThat(composite(analysis.blockers())).containsExactlyInAnyOrder("Orders.at", "Orders.by");
        assertThat(found(analysis, "at").message()).contains("part 2 of values such as CUST#… is an id of Customers");
    }

    /** Numbers have no parts: keys such as those of Chinook are not even looked at. */
    @Test
    void keysThatAreNumbersAreNoComposites() {
        world.create("Artists", KeyType.N);
        world.create("Albums", KeyType.N);
        for (int i = 1; i <= 20; i++) {
            var id = AttributeValue.fromN("" + i);
            world.memory().load(new PhysicalTable("src-Artists"), List.of(Map.of("id", id)));
            world.memory().load(new PhysicalTable("src-Albums"), List.of(Map.of("id", id, "artist", id)));
        }
        var analysis = analyze(
                "Artists: { identity: { digits: 9 } }",
                "Albums: { identity: { digits: 9 }, references: { artist: Artists } }");
        assertThat(analysis.verdict()).isEqualTo(Readiness.READY);
    }

    @Test
    void digitsThatMayMatchByAccidentAreAWarning() {
        world.create("Customers", KeyType.S);
        keyed("Invoices", KeyType.S);
        for (int i = 1; i <= 20; i++) {
            world.load("src-Customers", record("id", "" + i));
            world.load("src-Invoices", record("id", uuid("i" + i), "at", "2024#" + (i % 4 + 1), "by", "1:" + i));
        }
        var analysis = analyze("Customers: {}", "Invoices: {}");
        assertThat(composite(analysis.blockers())).isEmpty();
        assertThat(composite(analysis.warnings())).containsExactly("Invoices.at");
    }

    @Test
    void valuesThatArePlainlyOneIdAreNoComposites() {
        world.create("Stays", KeyType.S);
        world.create("Mails", KeyType.S);
        world.create("Days", KeyType.S);
        world.create("Numbers", KeyType.S);
        world.create("Logins", KeyType.S);
        world.create("Links", KeyType.S);
        keyed("Events", KeyType.S);
        for (int i = 10; i < 30; i++) {
            world.load("src-Stays", record("id", uuid("s" + i)));
            world.load("src-Mails", record("id", "ann_" + i + "@example.com"));
            world.load("src-Days", record("id", "2024-05-" + i + "T10:00:00Z"));
            world.load("src-Numbers", record("id", "ORD-2024-" + i));
            world.load("src-Logins", record("id", "auth0|5f7c8ec7c33c6c004bbafe" + i));
            world.load("src-Links", record("id", "https://example.com/p/" + i));
            world.load(
                    "src-Events",
                    record(
                            "id",
                            "cus_Nffr" + i,
                            "at",
                            "2024-05-" + i + "T10:00:00Z",
                            "by",
                            "ann_" + i + "@example.com"));
        }
        var tables = new String[] {
            "Stays: {}",
            "Mails: {}",
            "Days: {}",
            "Numbers: {}",
            "Logins: {}",
            "Links: {}",
            "Events: { checks: { accept: [by] } }"
        };
        var analysis = analyze(tables);
        assertThat(composite(analysis.blockers())).isEmpty();
        assertThat(composite(analysis.warnings())).isEmpty();
        assertThat(migration(Action.MIGRATE, tables).validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
    }

    private Analysis analyze(int partitions, String... tables) {
        var migration = migration(Action.ANALYZE, tables);
        migration.inPartitions(partitions);
        return migration.validate();
    }

    /** Of a page, few records are kept to be shown: hardly the one whose value is an id, and hardly in its partition. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 512})
    void oneIdAmongManyValuesIsABlockerInHoweverManyPartitions(int partitions) {
        world.create("Users", KeyType.S);
        keyed("Events", KeyType.S);
        world.load("src-Users", record("id", uuid("u150")));
        for (int i = 0; i < 200; i++) {
            world.load("src-Events", record("id", uuid("e" + i), "at", "USER#" + uuid("u" + i), "by", "b"));
        }
        var analysis = analyze(partitions, "Users: {}", "Events: {}");
        assertThat(composite(analysis.blockers())).containsExactly("Events.at");
        assertThat(found(analysis, "at").count()).isEqualTo(1);
        assertThat(found(analysis, "at").records().examples()).hasSize(1);
    }

    /** Nearly all values must be ids, of all partitions together, not only of those where ids are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 512})
    void valuesInPartitionsWithoutIdsCountToo(int partitions) {
        world.create("Customers", KeyType.S);
        keyed("Orders", KeyType.S);
        for (int i = 1; i <= 100; i++) {
            if (i <= 60) {
                world.load("src-Customers", record("id", "c" + i));
            }
            world.load("src-Orders", record("id", uuid("o" + i), "at", "CUST#c" + i, "by", "b"));
        }
        var analysis = analyze(partitions, "Customers: {}", "Orders: {}");
        assertThat(composite(analysis.blockers())).isEmpty();
        assertThat(composite(analysis.warnings())).isEmpty();
    }

    @Test
    void whatIsFoundIsABlockerThoughNoRecordIsKnown() {
        world.create("Users", KeyType.S);
        keyed("Events", KeyType.S);
        var migration = migration(Action.ANALYZE, "Users: {}", "Events: {}");
        var piece = new Place.Piece("USER#", "part 2", "USER", true);
        var where = new Place(new TableName("Events"), "at", piece, KeyType.S);
        var hits = Map.of(new FamilyName("Users"), new Hits(3, 3, 3));
        var sighting = new Sighting(where, 7, hits, List.of(), false);
        var findings = new Findings(world.documents(world.invocation()), migration.folder());
        new CompositeKeys(migration.opened(Orphans.NONE))
                .findings(List.of(sighting))
                .forEach(findings::add);
        assertThat(findings.blockers()).singleElement().satisfies(one -> {
            assertThat(one.count()).isEqualTo(3);
            assertThat(one.records().examples()).isEmpty();
            assertThat(one.message()).endsWith("the plan does not declare what the attribute holds");
        });
    }
}
