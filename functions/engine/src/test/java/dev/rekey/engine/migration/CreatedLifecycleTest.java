package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records that are created because others refer to them: created, verified, rolled back, created again. */
final class CreatedLifecycleTest {
    private static final String TENANTS = "Tenants: {}";
    private static final String COMPANIES = "Companies: { references: { tenant: Tenants }, set: { migrated: true } }";
    private static final String CONTACTS = """
            Contacts: { references: { tenant: Tenants, company: { family: Companies, onOrphan: { create: { name: Unknown, tenant: t1 } }, onAbsent: { create: { name: Default, tenant: "{% $per %}" }, per: tenant } } } }
            """.strip();

    private final World world = new World();
    private int starts;

    CreatedLifecycleTest() {
        world.pageLimit(3);
        for (var table : List.of("Tenants", "Companies", "Contacts")) {
            world.create(table, KeyType.S);
        }
        for (int i = 1; i <= 2; i++) {
            put("Tenants", World.record("id", "t" + i));
            put("Companies", World.record("id", "c" + i, "name", "Company " + i, "tenant", "t" + i));
        }
        contact("p1", "t1", "c1");
        contact("p2", "t1", "");
        contact("p3", "t2", "");
        contact("p4", "t1", "");
        contact("p5", "t2", "c9");
        contact("p6", "t1", "c9");
        contact("p7", "t1", "c8");
    }

    private void contact(String id, String tenant, String company) {
        var record = new HashMap<>(World.record("id", id, "tenant", tenant));
        if (!company.isEmpty()) {
            record.put("company", AttributeValue.fromS(company));
        }
        put("Contacts", record);
    }

    private void put(String table, Map<String, AttributeValue> record) {
        world.load("src-" + table, record);
    }

    private static String copying() {
        return Plans.of(TENANTS, COMPANIES, CONTACTS);
    }

    private static String changing() {
        return Plans.inPlace(TENANTS, COMPANIES, CONTACTS);
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return world.items(table).stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), item -> item));
    }

    private RunReport rollback(Migration migration, String plan) {
        return rollback(migration, plan, Undoing.ALL);
    }

    private RunReport rollback(Migration migration, String plan, Undoing how) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(how);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan)).rollback();
    }

    private static long counted(RunReport report, String table, Counted what) {
        return what.in(report.work().tables().get(new TableName(table)).counts());
    }

    private static List<String> blockers(Analysis analysis) {
        return analysis.judgement().blockers().stream().map(FindingGroup::id).toList();
    }

    private List<Created> created(Migration run) {
        return FrozenCreated.find(world.documents(world.invocation()), run.folder())
                .orElseThrow()
                .all();
    }

    @Test
    void parentsThatAreMissingAreCreatedInTheCopy() {
        var before = world.dump();
        var run = Migration.begun(world, copying());
        assertThat(created(run)).hasSize(4);
        assertThat(run.manifest().levels().get(1))
                .extracting(TableName::value)
                .containsExactly("Companies", "Companies~created");
        var migrated = run.migrate();
        assertThat(migrated.failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(counted(report, "Companies", Counted.CREATED)).isEqualTo(2);
        assertThat(counted(report, "Companies~created", Counted.CREATED)).isEqualTo(4);
        assertThat(report.ending().error()).isEmpty();

        var companies = byId("dst-Companies");
        assertThat(companies).hasSize(6);
        var contacts = byId("dst-Contacts").values();
        assertThat(contacts).hasSize(7).allSatisfy(contact -> {
            var company = companies.get(contact.get("company").s());
            assertThat(company.get("migrated").bool()).isTrue();
            assertThat(byId("dst-Tenants")).containsKey(company.get("tenant").s());
            if (company.get("name").s().equals("Default")) {
                assertThat(company.get("tenant")).isEqualTo(contact.get("tenant"));
            }
        });
        assertThat(companies.values().stream()
                        .map(company -> company.get("name").s()))
                .containsExactlyInAnyOrder("Company 1", "Company 2", "Default", "Default", "Unknown", "Unknown");
        assertThat(counted(report, "Companies", Counted.MATCHED)).isEqualTo(2);
        assertThat(counted(report, "Companies~created", Counted.MATCHED)).isEqualTo(4);
        var after = world.dump();

        var second = Migration.migrated(world, copying());
        assertThat(world.dump()).isEqualTo(after);
        assertThat(counted(second.report(RunOutcome.MIGRATED), "Companies~created", Counted.IDENTICAL))
                .isEqualTo(4);
        rollback(second, copying());
        assertThat(world.dump()).isEqualTo(after);
        var undone = rollback(run, copying());
        assertThat(counted(undone, "Companies~created", Counted.DELETED)).isEqualTo(4);
        assertThat(world.dump()).isEqualTo(before);
        Migration.migrated(world, copying());
        assertThat(world.dump()).isEqualTo(after);
    }

    @Test
    void parentsThatAreMissingAreCreatedInPlace() {
        var before = world.dump();
        var run = Migration.begun(world, changing());
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(counted(report, "Companies~created", Counted.CREATED)).isEqualTo(4);
        assertThat(report.ending().message())
                .isEqualTo("5 records changed in place, 4 created in place, and all verified.");
        assertThat(Counted.READ.in(report.work().counts()))
                .as("without what is created")
                .isEqualTo(2 + 2 + 7);
        assertThat(report.work().survey().orElseThrow().references())
                .filteredOn(one -> one.declared().path().equals("company"))
                .singleElement()
                .satisfies(one -> assertThat(one.counted().empty()).isEqualTo(3));
        var companies = byId("src-Companies");
        assertThat(companies).hasSize(6);
        assertThat(companies.values())
                .allSatisfy(
                        company -> assertThat(company.get("migrated").bool()).isTrue());
        assertThat(byId("src-Contacts").values())
                .allSatisfy(contact ->
                        assertThat(companies).containsKey(contact.get("company").s()));
        assertThat(companies.get("c9").get("name").s()).isEqualTo("Unknown");
        var after = world.dump();

        var second = Migration.migrated(world, changing());
        assertThat(created(second)).isEmpty();
        assertThat(world.dump()).isEqualTo(after);
        rollback(second, changing());
        var undone = rollback(run, changing());
        assertThat(undone.ending().message()).startsWith("Rolled back: 4 records deleted, 5 restored");
        assertThat(counted(undone, "Companies~created", Counted.DELETED)).isEqualTo(4);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aParentThatOthersReferToByThenStaysInTheCopy() {
        staysIfOthersReferToIt(copying(), "dst-", run -> newId(run, created(run).getFirst()));
    }

    @Test
    void aParentThatOthersReferToByThenStaysInPlace() {
        staysIfOthersReferToIt(
                changing(), "src-", run -> created(run).getFirst().id().canonical());
    }

    private static String newId(Migration run, Created created) {
        return run.mapped("Companies", created.attributes()).get("id").s();
    }

    private void staysIfOthersReferToIt(String plan, String side, Function<Migration, String> id) {
        var before = world.dump();
        var run = Migration.migrated(world, plan);
        var kept = id.apply(run);
        var theirs = World.record("id", "theirs", "company", kept);
        world.load(side + "Contacts", theirs);
        var undone = rollback(run, plan, Undoing.ALL.verifying(true));
        assertThat(counted(undone, "Companies~created", Counted.DELETED)).isEqualTo(3);
        assertThat(counted(undone, "Companies~created", Counted.REFERRED)).isEqualTo(1);
        assertThat(undone.ending().message())
                .contains(" 0 changed by others, 0 different, 1 that the run created kept because others refer to it.");
        assertThat(undone.others().drift()).containsExactly("Companies~created {\"id\":{\"S\":\"" + kept + "\"}}");
        assertThat(byId(side + "Companies")).containsKey(kept);

        // As often as it is tried while they refer to it.
        for (var drift : List.of(Drift.OVERWRITE, Drift.OVERWRITE)) {
            var still = rollback(run, plan, undoing(drift));
            assertThat(counted(still, "Companies~created", Counted.REFERRED)).isEqualTo(1);
            assertThat(still.others().unrestored())
                    .containsExactly("Companies~created {\"id\":{\"S\":\"" + kept + "\"}}");
            assertThat(refusal(run, plan, Drift.KEEP))
                    .contains("others refer to")
                    .contains("--drift overwrite");
        }
        world.delete(side + "Contacts", theirs);
        var again = rollback(run, plan, undoing(Drift.OVERWRITE));
        assertThat(counted(again, "Companies~created", Counted.DELETED)).isEqualTo(1);
        assertThat(again.others().unrestored()).isEmpty();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(refusal(run, plan, Drift.OVERWRITE)).contains("has written nothing that remains");
    }

    private String refusal(Migration run, String plan, Drift drift) {
        var start = new Start(world, "refused-" + starts++).undoing(undoing(drift));
        var name = Plans.read(plan).name().value();
        var prepared = start.prepareOn(Action.ROLLBACK, run.run().value(), Optional.of(name));
        return ((Prepared.Refused) prepared).cause();
    }

    private static Undoing undoing(Drift drift) {
        return new Undoing(Optional.empty(), false, drift, false);
    }

    @Test
    void aCreatedParentMayNeedAnother() {
        var companies =
                "Companies: { references: { tenant: Tenants, group: { family: Groups, onAbsent: { create: { name: All } , per: tenant } } } }";
        world.create("Groups", KeyType.S);
        for (var plan : List.of(
                Plans.of(TENANTS, "Groups: {}", companies, CONTACTS),
                Plans.inPlace(TENANTS, "Groups: {}", companies, CONTACTS))) {
            var before = world.dump();
            var run = Migration.migrated(world, plan);
            assertThat(created(run))
                    .filteredOn(one -> one.table().value().equals("Groups"))
                    .hasSize(2);
            var undone = rollback(run, plan);
            assertThat(counted(undone, "Groups~created", Counted.DELETED)).isEqualTo(2);
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    @Test
    void aTestCreatesWhatItsRecordNeedsAndRemovesIt() {
        for (var plan : List.of(copying(), changing())) {
            for (var id : List.of("p2", "p5")) {
                var before = world.dump();
                world.time().sleep(Duration.ofSeconds(1));
                var options = new RunOptions(
                        Optional.empty(), Optional.of("Contacts"), Optional.of(id), false, Optional.empty(), Scope.ALL);
                var start = new Start(world, "test-" + starts++).asking(options);
                var test = new Migration(world, plan, start, start.ready(Action.TEST, plan));
                assertThat(test.test("Contacts", Optional.of(id))).isInstanceOf(RecordTrial.TrialOutcome.Passed.class);
                assertThat(created(test)).hasSize(1);
                assertThat(world.dump()).isNotEqualTo(before);
                test.rollback();
                assertThat(world.dump()).isEqualTo(before);
            }
        }
    }

    @Test
    void aNumberThatAnotherRecordHasIsNotDerived() {
        world.create("Teams", KeyType.N);
        put("Teams", Map.of("id", AttributeValue.fromN("7"), "name", AttributeValue.fromS("Team")));
        world.create("Members", KeyType.S);
        put("Members", World.record("id", "m1", "tenant", "t1"));
        var plan = Plans.inPlace(
                "Teams: {}",
                "Members: { references: { team: { family: Teams, onAbsent: { create: { name: All }, per: tenant } } } }");
        var start = new Start(world, "first");
        var first = new Migration(world, plan, start, start.ready(Action.VALIDATE, plan));
        assertThat(first.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        put("Teams", Map.of("id", created(first).getFirst().id().value(), "name", AttributeValue.fromS("Others")));
        world.time().sleep(Duration.ofSeconds(1));
        var again = new Start(world, "second");
        var second = new Migration(world, plan, again, again.ready(Action.VALIDATE, plan));
        assertThat(blockers(second.validate())).containsExactly("create.id-taken");
    }

    @Test
    void anIdThatTwoReferencesCreateInTwoWaysRefusesTheRun() {
        var other = "Notes: { references: { about: { family: Companies, onOrphan: { create: { name: Other } } } } }";
        world.create("Notes", KeyType.S);
        put("Notes", World.record("id", "n1", "about", "c9"));
        var analysis = Migration.prepared(world, Plans.of(TENANTS, COMPANIES, CONTACTS, other))
                .validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(blockers(analysis)).containsExactly("create.conflict");
    }
}
