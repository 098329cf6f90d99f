package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Orders take an attribute of their customers, as it will be, while others change the customers. */
final class ThroughLifecycleTest {
    private static final String COPIED = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          Companies: {}
          Customers: { references: { company_id: Companies }, rename: { company_id: company } }
          Orders:
            references: { customer_id: Customers }
            set: { company: { through: customer_id, take: company_id } }
            checks: { after: { required: [id] } }
        """;

    private static final String IN_PLACE = """
        plan: p
        mode: inPlace
        source: { tables: "src-{table}" }
        families:
          Tenants: { rule: lookup, mapping: { ids: { c0: o0, c1: o1, c2: o2, c9: o9 } } }
        tables:
          Companies: {}
          Customers: { references: { company_id: { family: Tenants, as: company } } }
          Orders:
            references: { customer_id: Customers }
            set: { company: { through: customer_id, take: company } }
        """;

    private final World world = new World();

    @BeforeEach
    void tables() {
        List.of("Companies", "Customers", "Orders").forEach(name -> world.create(name, KeyType.S));
        for (int i = 0; i < 3; i++) {
            world.load("src-Companies", record("id", "c" + i));
            world.load("src-Customers", record("id", "u" + i, "company_id", "c" + i));
        }
        world.load("src-Companies", record("id", "c9"));
        for (int i = 0; i < 12; i++) {
            world.load("src-Orders", record("id", "o" + i, "customer_id", "u" + i % 3, "n", String.valueOf(i)));
        }
        world.load("src-Orders", record("id", "none", "n", "nobody's"));
        world.pageLimit(5);
    }

    private Optional<String> company(String table, String attribute, String value, String taken) {
        return world.items(table).stream()
                .filter(item ->
                        item.containsKey(attribute) && item.get(attribute).s().equals(value))
                .findFirst()
                .flatMap(item -> Optional.ofNullable(item.get(taken)))
                .map(AttributeValue::s);
    }

    /** What the customer has once the run has ended. */
    private Optional<String> ofCustomer(Migration run, String plan, String id) {
        return company(side(plan) + "-Customers", "id", newId(run, plan, id), "company");
    }

    private static String newId(Migration run, String plan, String id) {
        return plan.equals(COPIED)
                ? run.mapped("Customers", record("id", id)).get("id").s()
                : id;
    }

    private RunReport verified(Migration run, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify");
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, run.run(), plan));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    private void rolledBack(Migration run, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    private static String side(String plan) {
        return plan.equals(COPIED) ? "dst" : "src";
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void recordsGoThereAndBackTwice(String plan) {
        var before = world.dump();
        var first = Migration.begun(world, plan);
        assertThat(first.migrate().failures()).isZero();
        first.report(RunOutcome.MIGRATED);
        for (int i = 0; i < 12; i++) {
            var ofOrder = company(side(plan) + "-Orders", "n", String.valueOf(i), "company");
            assertThat(ofOrder).isPresent();
            assertThat(ofOrder).isEqualTo(ofCustomer(first, plan, "u" + i % 3));
        }
        assertThat(company(side(plan) + "-Orders", "n", "nobody's", "company")).isEmpty();
        var after = world.dump();
        var report = verified(first, plan);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).isEmpty();

        rolledBack(first, plan);
        assertThat(world.dump()).isEqualTo(before);
        Migration.migrated(world, plan);
        assertThat(world.dump()).isEqualTo(after);
        assertThat(Migration.migrated(world, plan)
                        .report(RunOutcome.MIGRATED)
                        .work()
                        .counts())
                .doesNotContainKeys(Counted.CREATED, Counted.REPLACED, Counted.UPDATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aValueThatChangesAfterTheAnalysisIsTakenAsItIsThen(String plan) {
        var run = Migration.begun(world, plan);
        world.load("src-Customers", record("id", "u1", "company_id", "c9"));
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(company(side(plan) + "-Orders", "n", "4", "company"))
                .isPresent()
                .isEqualTo(ofCustomer(run, plan, "u1"));
        assertThat(verified(run, plan).verified().remaining()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aValueThatChangesAfterItWasTakenHasMovedAndTheNextRunTakesIt(String plan) {
        var first = Migration.migrated(world, plan);
        var taken = company(side(plan) + "-Orders", "n", "4", "company");
        var changed = plan.equals(COPIED)
                ? record("id", "u1", "company_id", "c9")
                : record("id", "u1", "company_id", "c9", "company", "o9");
        world.load("src-Customers", changed);
        var report = verified(first, plan);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.MOVED, plan.equals(COPIED) ? 5L : 4L));

        var second = Migration.migrated(world, plan);
        assertThat(second.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        assertThat(company(side(plan) + "-Orders", "n", "4", "company"))
                .isPresent()
                .isNotEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aRecordThatHadNothingToChangeIsLateOnceItsValueChanges(String plan) {
        Migration.migrated(world, plan);
        var second = Migration.migrated(world, plan);
        world.load(
                "src-Customers",
                plan.equals(COPIED)
                        ? record("id", "u1", "company_id", "c9")
                        : record("id", "u1", "company_id", "c9", "company", "o9"));
        var report = verified(second, plan);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining())
                .isEqualTo(plan.equals(COPIED) ? Map.of(Counted.MOVED, 5L) : Map.of(Counted.LATE, 4L));
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aRecordWithoutTheAttributeIsABlocker(String plan) {
        world.load("src-Customers", record("id", "u2", "other", "x"));
        assertThat(Migration.prepared(world, plan).validate().blockers())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo("mapping.take-missing");
                    assertThat(found.path()).isEqualTo("set.company");
                    assertThat(found.message()).contains("customer_id");
                    assertThat(found.count()).isEqualTo(4);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void whatIsTakenCountsForChecks(String plan) {
        var checked = plan + "    checks: { after: { required: [company] } }\n";
        var text = plan.equals(COPIED) ? plan.replace("required: [id]", "required: [company]") : checked;
        assertThat(Migration.prepared(world, text).validate().blockers())
                .singleElement()
                .satisfies(found -> assertThat(found.count()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void whereTheReferenceIsAnOrphanThatStaysNothingIsTaken(String plan) {
        var kept = plan.replace("customer_id: Customers", "customer_id: { family: Customers, onOrphan: keep }");
        world.load("src-Orders", record("id", "orphan", "customer_id", "u99", "n", "orphan"));
        var run = Migration.migrated(world, kept);
        assertThat(company(side(plan) + "-Orders", "n", "orphan", "customer_id"))
                .contains("u99");
        assertThat(company(side(plan) + "-Orders", "n", "orphan", "company")).isEmpty();
        assertThat(verified(run, kept).verified().remaining()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aTestOfOneRecordTakesTheValueToo(String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "test");
        var test = new Migration(world, plan, start, start.ready(Action.TEST, plan));
        assertThat(test.test("Orders", Optional.of("o4"))).isInstanceOf(RecordTrial.TrialOutcome.Passed.class);
        assertThat(company(side(plan) + "-Orders", "n", "4", "company")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aReferenceToAMergedRecordTakesTheValueOfTheSurvivor(String plan) {
        var merging =
                plan.replace("Customers: { references", "Customers: { merge: { into: { u2: u1, u1: u0 } }, references");
        assertThat(merging).isNotEqualTo(plan);
        var run = Migration.migrated(world, merging);
        var survivors = company(side(plan) + "-Customers", "id", newId(run, plan, "u0"), "company");
        assertThat(survivors).isPresent();
        for (int i = 0; i < 12; i++) {
            assertThat(company(side(plan) + "-Orders", "n", String.valueOf(i), "company"))
                    .isEqualTo(survivors);
        }
        var report = verified(run, merging);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COPIED, IN_PLACE})
    void aRunOfOneTableTakesValuesOfTheTablesBesideIt(String plan) {
        var whole = Migration.migrated(world, plan.replaceFirst("take: company(_id)?", "take: id"));
        var taken = company(side(plan) + "-Orders", "n", "4", "company");
        world.time().sleep(Duration.ofSeconds(1));
        var scope = new Scope(List.of(new TableName("Orders")), Map.of("n", "4"));
        var start = new Start(world, "part").asking(RunOptions.within(scope));
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        assertThat(run.validate().blockers()).isEmpty();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(company(side(plan) + "-Orders", "n", "4", "company"))
                .isPresent()
                .isNotEqualTo(taken)
                .isEqualTo(ofCustomer(whole, plan, "u1"));
        assertThat(company(side(plan) + "-Orders", "n", "7", "company")).isEqualTo(taken);
    }

    /** A later run finds the reference under its new name, also where it led to a merged record. */
    @Test
    void inPlaceAReferenceThatIsRenamedLeadsToItsRecordAgain() {
        var renaming = IN_PLACE.replace(
                        "Customers: { references", "Customers: { merge: { into: { u2: u1 } }, references")
                .replace("set: { company:", "rename: { customer_id: client_id }\n    set: { company:");
        var before = world.dump();
        var first = Migration.migrated(world, renaming);
        for (int i = 0; i < 12; i++) {
            assertThat(company("src-Orders", "n", String.valueOf(i), "client_id"))
                    .contains(i % 3 == 0 ? "u0" : "u1");
            assertThat(company("src-Orders", "n", String.valueOf(i), "company")).contains(i % 3 == 0 ? "o0" : "o1");
        }
        var after = world.dump();
        assertThat(verified(first, renaming).verified().remaining()).isEmpty();
        var second = Migration.migrated(world, renaming);
        assertThat(second.report(RunOutcome.MIGRATED).work().counts()).doesNotContainKey(Counted.UPDATED);
        assertThat(world.dump()).isEqualTo(after);

        world.load("src-Customers", record("id", "u1", "company_id", "c9"));
        assertThat(verified(second, renaming).verified().remaining()).isNotEmpty();
        var third = Migration.migrated(world, renaming);
        assertThat(company("src-Orders", "n", "4", "company")).contains("o9");
        rolledBack(third, renaming);
        world.load("src-Customers", record("id", "u1", "company_id", "c1", "company", "o1"));
        assertThat(world.dump()).isEqualTo(after);
        rolledBack(second, renaming);
        rolledBack(first, renaming);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aSampleReadsOnlyWhatItsRecordsTake() {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "sample")
                .asking(new RunOptions(
                        Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.of(2), Scope.ALL));
        var analysis = new Migration(world, COPIED, start, start.ready(Action.ANALYZE, COPIED));
        var read = new AtomicInteger();
        world.faults().before("read", "src-Customers", 0, Integer.MAX_VALUE, read::incrementAndGet);
        assertThat(analysis.validate().blockers()).isEmpty();
        assertThat(read.get()).isBetween(1, 2);
    }

    @Test
    void oneReadOfAPageBringsAllThatItsRecordsTake() {
        var run = Migration.begun(world, COPIED);
        world.pageLimit(100);
        var pages = new AtomicInteger();
        world.faults().before("scan", "src-Orders", 0, Integer.MAX_VALUE, pages::incrementAndGet);
        var reads = new AtomicInteger();
        world.faults().before("read", "src-Customers", 0, Integer.MAX_VALUE, reads::incrementAndGet);
        assertThat(run.migrate().failures()).isZero();
        assertThat(reads.get()).isPositive().isLessThanOrEqualTo(pages.get());
    }
}
