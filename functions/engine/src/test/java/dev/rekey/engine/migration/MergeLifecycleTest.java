package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.log.IdList;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records that become others: merged, asserted, rolled back, asserted identical, merged again. */
final class MergeLifecycleTest {
    private static final String CUSTOMERS = """
            Customers: { merge: { into: { c1: c2, c2: c3 }, require: "{% $not($record.deleted = true) %}" } MARK }
            """.strip();
    private static final String SET = ", merged: { set: { deleted: true, parent: \"{% $survivor %}\" } }";
    private static final String CLIENTS = """
            Clients: { references: { customer: Customers }, merge: { matchBy: [name], within: customer, onMatch: merge, oldestBy: since, normalize: [trim, lowercase] } MARK }
            """.strip();
    private static final String CLIENTS_SET = ", merged: { set: { deleted: true } }";
    private static final String JOBS =
            "Jobs: { references: { customer: Customers, client: Clients, \"others[]\": Clients } }";

    private static final String JOBS_OF_CUSTOMERS = "Jobs: { references: { customer: Customers } }";

    private final World world = new World();
    private int starts;

    MergeLifecycleTest() {
        world.pageLimit(3);
        for (var table : List.of("Customers", "Clients", "Jobs")) {
            world.create(table, KeyType.S);
        }
        for (int i = 1; i <= 5; i++) {
            put("Customers", Map.of("id", text("c" + i), "title", text("Customer " + i)));
        }
        client("u1", "c1", " Anna", 5);
        client("u2", "c3", "anna", 9);
        client("u3", "c2", "ANNA ", 1);
        client("u4", "c3", "Bert", 1);
        client("u5", "c4", "anna", 1);
        for (int i = 1; i <= 5; i++) {
            put(
                    "Jobs",
                    Map.of(
                            "id", text("j" + i),
                            "customer", text("c" + i),
                            "client", text("u" + i),
                            "others", AttributeValue.fromL(List.of(text("u1"), text("u4")))));
        }
    }

    private void client(String id, String customer, String name, int since) {
        put(
                "Clients",
                Map.of(
                        "id", text(id),
                        "customer", text(customer),
                        "name", text(name),
                        "since", AttributeValue.fromN(String.valueOf(since))));
    }

    private void put(String table, Map<String, AttributeValue> record) {
        world.load("src-" + table, record);
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static String copying() {
        return Plans.of(CUSTOMERS.replace(" MARK", ""), CLIENTS.replace(" MARK", ""), JOBS);
    }

    private static String changing() {
        return Plans.inPlace(CUSTOMERS.replace(" MARK", SET), CLIENTS.replace(" MARK", CLIENTS_SET), JOBS);
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return world.items(table).stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), item -> item));
    }

    private RunReport rollback(Migration migration, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(Undoing.ALL);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan)).rollback();
    }

    private static long counted(RunReport report, String table, Counted what) {
        return what.in(report.work().tables().get(new TableName(table)).counts());
    }

    private static List<String> blockers(Analysis analysis) {
        return analysis.judgement().blockers().stream().map(FindingGroup::id).toList();
    }

    @Test
    void mergedRecordsAreNotCopiedAndReferencesPointToTheSurvivors() {
        var before = world.dump();
        var run = Migration.begun(world, copying());
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(counted(report, "Customers", Counted.CREATED)).isEqualTo(3);
        assertThat(counted(report, "Customers", Counted.MERGED)).isEqualTo(2);
        assertThat(counted(report, "Clients", Counted.CREATED)).isEqualTo(3);
        assertThat(world.items("dst-Customers")).hasSize(3);
        assertThat(report.work().frozen().merges()).anySatisfy(one -> {
            assertThat(one.family().value()).isEqualTo("Clients");
            assertThat(one.byOrigin()).isEqualTo(Map.of(FrozenMerges.Origin.MATCH, 2L));
            assertThat(one.first()).allMatch(merge -> merge.survivor().equals("u2"));
        });
        assertThat(world.items("dst-Clients")).hasSize(3);
        var customer = run.mapped("Customers", byId("src-Customers").get("c3")).get("id");
        var client = run.mapped("Clients", byId("src-Clients").get("u2")).get("id");
        assertThat(world.items("dst-Jobs").stream()
                        .filter(job -> job.get("customer").equals(customer)))
                .hasSize(3)
                .allMatch(job -> job.get("others").l().getFirst().equals(client));
        assertThat(ids(run)).contains("\"Customers\",\"c1\",,\"" + customer.s() + "\",,merged\r\n");
        var after = world.dump();

        rollback(run, copying());
        assertThat(world.dump()).isEqualTo(before);
        Migration.migrated(world, copying());
        assertThat(world.dump()).isEqualTo(after);
    }

    private String ids(Migration run) {
        var documents = world.documents(world.invocation());
        var csv = new StringBuilder();
        var merges = FrozenMerges.find(documents, run.folder()).orElseThrow();
        new IdList(new UndoLog(documents, run.folder()), run.manifest(), merges).each(one -> csv.append(one.line()));
        return csv.toString();
    }

    @Test
    void mergedRecordsStayInPlaceAndAreMarkedLast() {
        var before = world.dump();
        var run = Migration.begun(world, changing());
        assertThat(run.manifest().levels().getLast())
                .extracting(TableName::value)
                .containsExactly("Clients~merged", "Customers~merged");
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        var customers = byId("src-Customers");
        assertThat(customers.get("c1").get("parent").s()).isEqualTo("c3");
        assertThat(customers.get("c2").get("deleted").bool()).isTrue();
        assertThat(customers.get("c3")).doesNotContainKeys("deleted", "parent");
        var clients = byId("src-Clients");
        assertThat(clients.get("u1").get("customer").s()).isEqualTo("c1");
        assertThat(clients.get("u3").get("deleted").bool()).isTrue();
        assertThat(clients.get("u2")).doesNotContainKey("deleted");
        var jobs = byId("src-Jobs");
        assertThat(jobs.get("j1").get("client").s()).isEqualTo("u2");
        assertThat(jobs.get("j1").get("customer").s()).isEqualTo("c3");
        assertThat(jobs.get("j5").get("client").s()).isEqualTo("u5");
        assertThat(counted(report, "Customers~merged", Counted.UPDATED)).isEqualTo(2);
        var after = world.dump();

        // What is merged away matches nothing any more, and what the plan sets to it does not matter.
        var second = Migration.migrated(world, changing());
        assertThat(world.dump()).isEqualTo(after);
        rollback(second, changing());
        rollback(run, changing());
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatMayNotBeMergedRefusesTheRunAndIsNamed() {
        put("Customers", Map.of("id", text("c3"), "deleted", AttributeValue.fromBool(true)));
        assertThat(blockers(Migration.prepared(world, changing()).validate())).containsExactly("merge.require");
    }

    @Test
    void anIdWithoutARecordRefusesTheRun() {
        var missing = Plans.of("Customers: { merge: { into: { c1: c9 } } }");
        var analysis = Migration.prepared(world, missing).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(blockers(analysis)).containsExactly("merge.no-record");
    }

    @Test
    void recordsThatMatchAreConflictsUnlessThePlanMergesThem() {
        var plan = Plans.inPlace(
                CUSTOMERS.replace(" MARK", SET),
                "Clients: { references: { customer: Customers }, merge: { matchBy: [name], within: customer, normalize: [trim, lowercase] } }",
                JOBS);
        var blockers = Migration.prepared(world, plan).validate().judgement().blockers();
        assertThat(blockers).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo("merge.conflict");
            assertThat(found.count()).isEqualTo(2);
            assertThat(found.message()).contains("{\"id\":{\"S\":\"u").contains("{\"name\":{\"S\":\"anna\"}}");
        });
    }

    @Test
    void aSurvivorThatIsDeletedUnderWayStopsTheRun() {
        var run = Migration.begun(world, changing());
        run.copy(1);
        world.delete("src-Customers", byId("src-Customers").get("c3"));
        var judged = run.verify(1);
        assertThat(judged.failures()).isEqualTo(1);
        assertThat(judged.differences()).anySatisfy(one -> {
            assertThat(one.verdict()).isEqualTo(Verdict.SURVIVOR_LOST);
            assertThat(one.record()).isEqualTo("{\"id\":{\"S\":\"c3\"}}");
        });
    }

    @Test
    void aSurvivorThatMayNotBeOneAnyMoreIsFoundBeforeTheFirstWrite() {
        var run = Migration.prepared(world, changing());
        assertThat(run.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        world.load("src-Customers", Map.of("id", text("c3"), "deleted", AttributeValue.fromBool(true)));
        assertThat(run.judgeAgain()).extracting(FindingGroup::id).containsExactly("merge.survivor-lost");
    }

    @Test
    void aPairThatArisesLaterRemainsAndTheNextRunMergesIt() {
        var run = Migration.begun(world, changing());
        client("u9", "c1", "anna", 3);
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(counted(report, "Clients", Counted.UNMERGED)).isEqualTo(1);
        assertThat(byId("src-Clients").get("u9")).doesNotContainKey("deleted");

        var next = Migration.migrated(world, changing());
        assertThat(byId("src-Clients").get("u9").get("deleted").bool()).isTrue();
        assertThat(counted(next.report(RunOutcome.MIGRATED), "Clients", Counted.UNMERGED))
                .isZero();
    }

    @Test
    void aRunOfAPartMarksNothingThatRecordsOutsideOfItMayReferTo() {
        var onlyCustomers = prepared(Action.ANALYZE, new Scope(List.of(new TableName("Customers")), Map.of()));
        assertThat(onlyCustomers.manifest().levels()).containsExactly(List.of(new TableName("Customers")));
        var customerless = new Scope(List.of(), List.of(new TableName("Jobs")), Map.of());
        assertThat(prepared(Action.ANALYZE, customerless).manifest().tables().keySet())
                .extracting(TableName::value)
                .containsExactlyInAnyOrder("Customers", "Clients", "Customers~merged", "Clients~merged");
        var one = prepared(Action.MIGRATE, new Scope(List.of(), Map.of("customer", "c1")));
        assertThat(one.manifest().tables().keySet()).noneMatch(TableName::isMergedAway);
        assertThat(one.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        one.begin();
        assertThat(one.migrate().failures()).isZero();
        // Found over whole tables, whatever the part.
        assertThat(byId("src-Jobs").get("j1").get("client").s()).isEqualTo("u2");
        assertThat(byId("src-Jobs").get("j3").get("client").s()).isEqualTo("u3");
    }

    private Migration prepared(Action action, Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "part-" + starts++).asking(RunOptions.within(scope));
        return new Migration(world, changing(), start, start.ready(action, changing()));
    }

    @Test
    void mergesThatGoInACircleOrContradictAnEarlierRunAreRefused() {
        assertThat(refused("Customers: { merge: { into: { c1: c2, c2: c1 } } }"))
                .contains("merge.circle");
        assertThat(refused("Customers: { merge: { into: { c1: c1 } } }")).contains("merged into itself");
        Migration.migrated(world, Plans.inPlace("Customers: { merge: { into: { c1: c2 } } }"));
        assertThat(refused("Customers: { merge: { into: { c1: c4 } } }")).contains("merge.two-survivors", "c2", "c4");
        Migration.migrated(world, Plans.inPlace("Customers: { merge: { into: { c1: c4, c2: c4 } } }"));
    }

    private String refused(String table) {
        world.time().sleep(Duration.ofSeconds(1));
        var prepared =
                new Start(world, "refused-" + starts++).prepare(Action.MIGRATE, Plans.inPlace(table), Optional.of("p"));
        return ((Prepared.Refused) prepared).cause();
    }

    @Test
    void keysThatCoincideOnceRecordsAreMergedAreFoundBeforeTheFirstWrite() {
        world.create("Lines", KeyType.S);
        world.load("src-Lines", Map.of("id", text("c1"), "amounts", map("c1", "c3")));
        world.load("src-Lines", Map.of("id", text("c3")));
        var keys = Plans.of(CUSTOMERS.replace(" MARK", ""), "Lines: { key: { id: Customers } }");
        assertThat(blockers(Migration.prepared(world, keys).validate())).containsExactly("key.coincides");
    }

    @Test
    void mapKeysThatCoincideAreFoundBeforeTheFirstWrite() {
        world.create("Lines", KeyType.S);
        world.load("src-Lines", Map.of("id", text("l1"), "amounts", map("c1", "c3")));
        var plan = Plans.of(CUSTOMERS.replace(" MARK", ""), "Lines: { references: { \"amounts{}\": Customers } }");
        assertThat(blockers(Migration.prepared(world, plan).validate())).containsExactly("mapping.collision");
    }

    private static AttributeValue map(String... keys) {
        return AttributeValue.fromM(
                Arrays.stream(keys).collect(Collectors.toMap(key -> key, MergeLifecycleTest::text)));
    }

    @Test
    void aRecordThatMergedSetMakesUnrecognizableStillBelongsToItsTable() {
        world.create("User", KeyType.S);
        for (int i = 0; i < 3; i++) {
            world.load("src-User", World.record("id", "x" + i, "kind", "1"));
        }
        var plan = Plans.inPlace("Users: { from: User, match: { kind: \"1\" }, merge: { into: { x0: x1 } },"
                + " merged: { set: { kind: gone } } }");
        var first = Migration.migrated(world, plan);
        assertThat(byId("src-User").get("x0").get("kind").s()).isEqualTo("gone");
        var after = world.dump();
        var second = Migration.migrated(world, plan);
        assertThat(world.dump()).isEqualTo(after);
        rollback(second, plan);
        rollback(first, plan);
        assertThat(byId("src-User").get("x0").get("kind").s()).isEqualTo("1");
    }

    @Test
    void aMergedRecordThatIsOfAnotherKindByThenIsMarkedAllTheSame() {
        world.create("User", KeyType.S);
        for (int i = 0; i < 2; i++) {
            world.load("src-User", World.record("id", "x" + i, "kind", "1"));
        }
        var plan = Plans.inPlace(
                "Users: { from: User, match: { kind: \"1\" }, merge: { into: { x0: x1 } }, merged: { set: { gone: true } } }",
                "Guests: { from: User, match: { kind: \"2\" } }");
        var run = Migration.begun(world, plan);
        world.load("src-User", World.record("id", "x0", "kind", "2"));
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(byId("src-User").get("x0")).containsEntry("gone", AttributeValue.fromBool(true));
        rollback(run, plan);
        assertThat(byId("src-User").get("x0")).isEqualTo(World.record("id", "x0", "kind", "2"));
    }

    @Test
    void aRecordThatAnEarlierRunCopiedIsNotMergedAway() {
        Migration.migrated(world, Plans.of("Customers: {}"));
        var plan = Plans.of("Customers: { merge: { into: { c1: c2 } } }");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(blockers(Migration.prepared(world, plan).validate())).containsExactly("merge.copied");
    }

    @Test
    void aPairThatIsTakenApartAgainIsNotMerged() {
        var run = Migration.begun(world, changing());
        client("u9", "c1", "anna", 3);
        assertThat(run.migrate().failures()).isZero();
        assertThat(counted(run.report(RunOutcome.MIGRATED), "Clients", Counted.UNMERGED))
                .isEqualTo(1);
        client("u9", "c5", "anna", 3);
        Migration.migrated(world, changing());
        assertThat(byId("src-Clients").get("u9")).doesNotContainKey("deleted");
    }

    @Test
    void mergesAreForgottenOnceEveryRunThatCarriedThemOutWasRolledBack() {
        var merging = Plans.inPlace("Customers: { merge: { into: { c1: c2 } } }", JOBS_OF_CUSTOMERS);
        var other = Plans.inPlace("Customers: { merge: { into: { c4: c5 } } }", JOBS_OF_CUSTOMERS);
        var first = Migration.migrated(world, merging);
        put("Jobs", Map.of("id", text("j9"), "customer", text("c1")));
        var second = Migration.migrated(world, merging);
        assertThat(byId("src-Jobs").get("j9").get("customer").s()).isEqualTo("c2");
        rollback(first, merging);
        put("Jobs", Map.of("id", text("j8"), "customer", text("c1")));
        // The second run has carried it out, too, and j9 still is of c2.
        var third = Migration.migrated(world, other);
        assertThat(byId("src-Jobs").get("j8").get("customer").s()).isEqualTo("c2");
        rollback(third, other);
        rollback(second, merging);
        Migration.migrated(world, other);
        assertThat(byId("src-Jobs").get("j8").get("customer").s()).isEqualTo("c1");
    }

    @Test
    void aMarkThatCannotBeComputedIsFoundBeforeTheFirstWrite() {
        var plan = Plans.inPlace(
                "Customers: { merge: { into: { c1: c2 } }, merged: { set: { x: \"{% $uppercase(5) %}\" } } }");
        assertThat(blockers(Migration.prepared(world, plan).validate())).containsExactly("mapping.expression");
    }
}
