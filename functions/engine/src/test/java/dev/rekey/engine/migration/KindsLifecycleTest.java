package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.KindsTable.OF_EACH;
import static dev.rekey.engine.migration.KindsTable.changing;
import static dev.rekey.engine.migration.KindsTable.copying;
import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tables of a plan whose records are in one physical table: run, assert, roll back, assert identical, run again. */
final class KindsLifecycleTest {
    private final World world = new World();
    private final KindsTable table = KindsTable.create(world);
    private int starts;

    KindsLifecycleTest() {
        world.pageLimit(7);
    }

    private Migration undoing(Migration migration, String plan, Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(undoing);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan));
    }

    private static Undoing only(String table) {
        return new Undoing(Optional.of(table), false, Drift.KEEP, false);
    }

    /** How many records of each table were counted as {@code what}. */
    private static Map<String, Long> counted(RunReport report, Counted what) {
        var counts = new TreeMap<String, Long>();
        report.work().tables().forEach((name, one) -> {
            if (what.in(one.counts()) > 0) {
                counts.put(name.value(), what.in(one.counts()));
            }
        });
        return counts;
    }

    private static Map<String, Long> ofEach(String... tables) {
        var counts = new TreeMap<String, Long>();
        for (var table : tables) {
            counts.put(table, (long) OF_EACH);
        }
        return counts;
    }

    @Test
    void fiveKindsAreCopiedTakenBackAndCopiedAgain() {
        var before = world.dump();
        var plan = copying("fail");
        var first = Migration.begun(world, plan);
        assertThat(first.manifest().level(1)).extracting(TableName::value).contains("Customers", "Notes", "User");
        assertThat(first.migrate().failures()).isZero();
        var report = first.report(RunOutcome.MIGRATED);
        var all = ofEach("Customers", "Agents", "Clients", "Notes", "Levels", "Job");
        assertThat(counted(report, Counted.CREATED)).isEqualTo(all);
        assertThat(counted(report, Counted.MATCHED)).isEqualTo(all);
        var clients = new HashSet<String>();
        world.items("dst-User").stream()
                .filter(item -> item.containsKey("kind") && item.get("kind").s().equals("3"))
                .forEach(item -> clients.add(item.get("id").s()));
        assertThat(clients).hasSize(OF_EACH).doesNotContain("u0");
        assertThat(world.items("dst-Job"))
                .allMatch(item -> clients.contains(item.get("client").s()));
        assertThat(world.items("dst-User")).contains(first.mapped("Levels", table.item("l3")));
        var after = world.dump();

        undoing(first, plan, Undoing.ALL).rollback();
        assertThat(world.dump()).isEqualTo(before);

        var again = Migration.migrated(world, plan);
        assertThat(world.dump()).isEqualTo(after);
        undoing(again, plan, Undoing.ALL).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void fiveKindsAreChangedInPlaceTakenBackAndChangedAgain() {
        var before = world.dump();
        var plan = changing("fail");
        var first = Migration.begun(world, plan);
        assertThat(first.migrate().failures()).isZero();
        var report = first.report(RunOutcome.MIGRATED);
        var all = ofEach("Customers", "Agents", "Clients", "Notes", "Levels", "Job");
        assertThat(counted(report, Counted.UPDATED)).isEqualTo(all);
        assertThat(counted(report, Counted.MATCHED)).isEqualTo(all);
        assertThat(table.item("c1").get("role").s()).isEqualTo("customer");
        assertThat(table.item("u1")).doesNotContainKeys("old", "role");
        assertThat(table.item("n1").get("body").s()).isEqualTo("note 1");
        assertThat(table.item("l1").get("role").s()).isEqualTo("level of n1");
        var after = world.dump();

        undoing(first, plan, Undoing.ALL).rollback();
        assertThat(world.dump()).isEqualTo(before);

        Migration.migrated(world, plan);
        assertThat(world.dump()).isEqualTo(after);
    }

    @Test
    void oneKindIsRolledBackByItself() {
        var before = world.dump();
        var plan = changing("leave");
        var run = Migration.migrated(world, plan);
        var report = undoing(run, plan, only("Agents")).rollback();
        assertThat(counted(report, Counted.RESTORED)).isEqualTo(ofEach("Agents"));
        assertThat(table.item("a1")).doesNotContainKey("role");
        assertThat(table.item("c1")).containsKey("role");

        var second = undoing(run, plan, only("Notes")).rollback();
        assertThat(counted(second, Counted.RESTORED)).isEqualTo(ofEach("Notes"));
        var rest = undoing(run, plan, Undoing.ALL).rollback();
        assertThat(counted(rest, Counted.RESTORED)).isEqualTo(ofEach("Customers", "Clients", "Levels", "Job"));
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void recordsOfNoTableRefuseTheRunUnlessThePlanSaysWhatBecomesOfThem() {
        table.unmatched();
        var analysis = Migration.prepared(world, copying("fail")).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.judgement().blockers()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("kind.unmatched");
            assertThat(finding.count()).isEqualTo(2);
            assertThat(finding.table()).contains(new TableName("User"));
            assertThat(finding.problem(Severity.ERROR).path()).isEqualTo("tables.User");
        });
    }

    @Test
    void recordsOfNoTableAreCopiedAsTheyAre() {
        table.unmatched();
        var before = world.dump();
        var plan = copying("copy");
        var run = Migration.migrated(world, plan);
        assertThat(world.items("dst-User"))
                .contains(table.item("x0"), table.item("x1"))
                .hasSize(5 * OF_EACH + 2);
        undoing(run, plan, Undoing.ALL).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void recordsOfNoTableAreLeft() {
        table.unmatched();
        var run = Migration.begun(world, copying("leave"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(counted(run.report(RunOutcome.MIGRATED), Counted.FILTERED)).isEqualTo(Map.of("User", 2L));
        assertThat(world.items("dst-User")).hasSize(5 * OF_EACH);
    }

    @Test
    void recordsOfNoTableStayInPlace() {
        table.unmatched();
        var expected = table.item("x0");
        for (var unmatched : new String[] {"leave", "copy"}) {
            Migration.migrated(world, changing(unmatched));
            assertThat(table.item("x0")).isEqualTo(expected);
        }
    }

    @Test
    void aRecordOfNoTableIsNotCopiedWithAnOldIdInside() {
        for (int i = 0; i < OF_EACH; i++) {
            table.put(record("id", "x" + i, "customerRef", "customer-number-" + i));
            table.put(record("id", "customer-number-" + i, "kind", "1"));
        }
        var analysis = Migration.prepared(world, copying("copy")).validate();
        assertThat(analysis.judgement().blockers())
                .singleElement()
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("kind.old-id"));
    }

    @Test
    void aRecordOfTwoTablesRefusesTheRun() {
        table.put(record("id", "both", "kind", "1", "type", "note"));
        var analysis = Migration.prepared(world, copying("leave")).validate();
        assertThat(analysis.judgement().blockers()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("kind.ambiguous");
            assertThat(finding.message()).contains("Customers, Notes");
        });
    }

    @Test
    void aReferenceToARecordOfAnotherKindIsAnOrphan() {
        table.put(record("id", "a9", "kind", "2", "customer", "n1"));
        var analysis = Migration.prepared(world, copying("leave")).validate();
        assertThat(analysis.judgement().blockers()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("reference.orphan");
            assertThat(finding.table()).contains(new TableName("Agents"));
        });
    }

    @Test
    void aRecordThatChangesItsKindIsMoved() {
        var migration = Migration.begun(world, copying("leave"));
        migration.copy(1);
        table.put(record("id", "n1", "kind", "1", "name", "was a note"));
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(result.tables().get(new TableName("Notes"))).containsEntry(Counted.MOVED, 1L);
    }

    @Test
    void aRecordThatAppearsIsLateInItsTable() {
        var migration = Migration.begun(world, copying("fail"));
        migration.copy(1);
        table.put(record("id", "a9", "kind", "2", "customer", "c1"));
        table.unmatched();
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(result.tables().get(new TableName("Agents"))).containsEntry(Counted.LATE, 1L);
        assertThat(result.tables().get(new TableName("User"))).containsEntry(Counted.LATE, 2L);
    }

    @Test
    void aSecondRunReplacesWhatTheFirstWroteOfARecordThatMoved() {
        var plan = copying("leave");
        Migration.migrated(world, plan);
        table.put(record("id", "a1", "kind", "2", "customer", "c2"));
        var second = Migration.next(world, plan);
        assertThat(second.migrate().failures()).isZero();
        assertThat(counted(second.report(RunOutcome.MIGRATED), Counted.REPLACED))
                .isEqualTo(Map.of("Agents", 1L));
    }

    @Test
    void oneRecordIsTestedWithRecordsOfOtherKinds() {
        var before = world.dump();
        for (var plan : List.of(copying("leave"), changing("leave"))) {
            world.time().sleep(Duration.ofSeconds(1));
            var start = new Start(world, "test").asking(testing("Clients", "u1"));
            var test = new Migration(world, plan, start, start.ready(Action.TEST, plan));
            assertThat(test.test("Clients", Optional.of("u1"))).isInstanceOf(RecordTrial.TrialOutcome.Passed.class);
            assertThat(world.dump()).isNotEqualTo(before);
            assertThat(counted(test.rollback(), Counted.DRIFT)).isEmpty();
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    private static RunOptions testing(String table, String id) {
        return new RunOptions(Optional.empty(), Optional.of(table), Optional.of(id), false);
    }

    @Test
    void oneKindIsMigratedByItself() {
        table.unmatched();
        var start = new Start(world, "part").asking(scoped("Customers"));
        var plan = changing("fail");
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        assertThat(run.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        assertThat(counted(run.report(RunOutcome.MIGRATED), Counted.UPDATED)).isEqualTo(ofEach("Customers"));
        assertThat(table.item("a1")).doesNotContainKey("role");
        assertThat(table.item("c1")).containsKey("role");
    }

    @Test
    void aRunOfOneKindDoesNotPassARecordOfTwoOver() {
        table.put(record("id", "both", "kind", "1", "type", "note"));
        var start = new Start(world, "part").asking(scoped("Customers"));
        var plan = changing("fail");
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        assertThat(run.validate().blockers()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("kind.ambiguous");
            assertThat(finding.table()).contains(new TableName("Customers"));
        });
    }

    private static RunOptions scoped(String table) {
        return RunOptions.within(new Scope(List.of(new TableName(table)), Map.of()));
    }

    @Test
    void thePhysicalTableIsReadAsOftenAsOneOfOneKind() {
        var twin = new World();
        twin.pageLimit(7);
        KindsTable.create(twin);
        var alone = scans(twin);
        var one = Migration.begun(twin, Plans.of("User: {}"));
        assertThat(one.migrate().failures()).isZero();

        var scans = scans(world);
        assertThat(Migration.begun(world, copying("leave")).migrate().failures())
                .isZero();
        assertThat(scans).hasValue(alone.get());
    }

    private static AtomicInteger scans(World world) {
        var scans = new AtomicInteger();
        world.memory().intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                if (call.name().equals("scan") && call.on().equals(KindsTable.NAME)) {
                    scans.incrementAndGet();
                }
            }

            @Override
            public void after(Call call) {}
        });
        return scans;
    }

    @Test
    void aRunThatFailsIsTakenBackAsAWhole() {
        var before = world.dump();
        var migration = Migration.begun(world, copying("leave"));
        migration.copy(1);
        assertThat(world.items("dst-User")).hasSize(5 * OF_EACH);
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }
}
