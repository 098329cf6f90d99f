package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Customers are copied and get new ids, notes with them; companies and orders, which refer to customers and to which customers
 * and notes refer, are changed where they are. Source and target are apart: neither side knows the other's tables.
 */
final class MixedLifecycleTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        tables:
          Companies:
            mode: inPlace
            references: { owner: { family: Customers, as: owner_id } }
            set: { kind: "{% 'kind of ' & $record.id %}" }
          Customers:
            identity: { rule: derive, namespace: n }
            references: { company: Companies }
            set: { kind: { through: company, take: kind } }
            merge: { into: { u5: u4 } }
          Orders:
            mode: inPlace
            references: { customer: { family: Customers, as: customer_id } }
            set: { company: { through: customer, take: company } }
          Notes: { references: { order: Orders, by: Customers } }
        """;

    private static final TableName CUSTOMERS = new TableName("Customers");
    private static final TableName ORDERS = new TableName("Orders");
    private static final int CUSTOMERS_COPIED = 5;

    private final World world = new World();
    private int starts;

    @BeforeEach
    void tables() {
        List.of("src-Companies", "src-Customers", "src-Orders", "src-Notes", "dst-Customers", "dst-Notes")
                .forEach(name -> world.memory().createTable(World.shape(name, KeyType.S)));
        for (int i = 0; i < 2; i++) {
            world.load("src-Companies", record("id", "c" + i, "owner", "u" + i, "tenant", "t" + i));
        }
        for (int i = 0; i < 6; i++) {
            world.load("src-Customers", record("id", "u" + i, "company", "c" + i % 2, "tenant", "t" + i % 2));
        }
        for (int i = 0; i < 12; i++) {
            world.load("src-Orders", record("id", "o" + i, "customer", "u" + i % 6, "tenant", "t" + i % 2));
            world.load("src-Notes", record("id", "n" + i, "order", "o" + i, "by", "u5", "tenant", "t" + i % 2));
        }
        world.pageLimit(5);
        world.keepSidesApart();
    }

    private Start start() {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "start-" + starts++);
    }

    private Migration prepared(String plan, Scope scope) {
        return prepared(Action.MIGRATE, plan, scope);
    }

    /** A run that locks nothing. */
    private Migration read(Scope scope) {
        return prepared(Action.VALIDATE, PLAN, scope);
    }

    private Migration prepared(Action action, String plan, Scope scope) {
        var start = start().asking(RunOptions.within(scope));
        return new Migration(world, plan, start, start.ready(action, plan));
    }

    private Migration migrated(String plan, Scope scope) {
        var run = prepared(plan, scope);
        assertThat(run.validate().blockers()).isEmpty();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        return run;
    }

    private Migration migrated() {
        return migrated(PLAN, Scope.ALL);
    }

    private RunReport rolledBack(Migration run, Undoing undoing) {
        var start = start().undoing(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN)).rollback();
    }

    private String refused(Migration run, Undoing undoing) {
        var prepared =
                start().undoing(undoing).prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    private RunReport verified(Migration run) {
        var start = start();
        var verification = new Migration(world, PLAN, start, start.ready(Action.VERIFY, run.run(), PLAN));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    private static Undoing table(TableName table, boolean cascade) {
        return new Undoing(Optional.of(table.value()), cascade, Undoing.ALL.drift(), false);
    }

    private static Map<Counted, Long> counts(RunReport report) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        List.of(Counted.CREATED, Counted.UPDATED, Counted.IDENTICAL, Counted.DELETED, Counted.RESTORED, Counted.DRIFT)
                .forEach(what -> counts.put(what, report.work().counts().getOrDefault(what, 0L)));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private Map<String, String> item(String table, String id) {
        return world.items(table).stream()
                .filter(item -> item.get("id").s().equals(id))
                .findFirst()
                .map(MixedLifecycleTest::texts)
                .orElseThrow(() -> new AssertionError(table + " has no " + id));
    }

    private static Map<String, String> texts(Map<String, AttributeValue> item) {
        var texts = new TreeMap<String, String>();
        item.forEach((name, value) -> texts.put(name, value.s()));
        return texts;
    }

    private static String newId(Migration run, String customer) {
        return run.mapped("Notes", record("id", "n", "by", customer)).get("by").s();
    }

    private void application(String table, String id, String attribute, String value) {
        var changed = new HashMap<String, AttributeValue>();
        item(table, id).forEach((name, text) -> changed.put(name, AttributeValue.fromS(text)));
        changed.put(attribute, AttributeValue.fromS(value));
        world.load(table, changed);
    }

    private static Scope only(TableName... tables) {
        return new Scope(List.of(tables), Map.of());
    }

    @Test
    void recordsGoThereAndBackTwice() {
        var before = world.dump();
        var first = migrated();
        var report = first.report(RunOutcome.MIGRATED);
        assertThat(counts(report)).isEqualTo(Map.of(Counted.CREATED, 17L, Counted.UPDATED, 14L));
        assertThat(report.subject().basis().mode()).isEqualTo("mixed");
        assertThat(report.ending().message())
                .startsWith("17 records written to the target, 14 changed in place, and all verified.");
        assertThat(report.work().tables())
                .hasEntrySatisfying(ORDERS, one -> assertThat(one.mode()).contains("inPlace"))
                .hasEntrySatisfying(CUSTOMERS, one -> assertThat(one.mode()).contains("copy"));

        assertThat(item("src-Companies", "c1"))
                .isEqualTo(Map.of(
                        "id",
                        "c1",
                        "owner",
                        "u1",
                        "owner_id",
                        newId(first, "u1"),
                        "kind",
                        "kind of c1",
                        "tenant",
                        "t1"));
        var survivor = newId(first, "u4");
        assertThat(item("dst-Customers", survivor))
                .isEqualTo(Map.of("id", survivor, "company", "c0", "kind", "kind of c0", "tenant", "t0"));
        assertThat(world.items("dst-Customers")).hasSize(CUSTOMERS_COPIED);
        assertThat(item("src-Orders", "o5"))
                .isEqualTo(
                        Map.of("id", "o5", "customer", "u5", "customer_id", survivor, "company", "c0", "tenant", "t1"));
        assertThat(item("dst-Notes", "n5"))
                .isEqualTo(Map.of("id", "n5", "order", "o5", "by", survivor, "tenant", "t1"));
        var after = world.dump();

        var verification = verified(first);
        assertThat(verification.ending().error()).isEmpty();
        assertThat(verification.ending().message())
                .startsWith("Every record is as the plan says, in the target or in place.");
        assertThat(verification.verified().remaining()).isEmpty();

        var undone = rolledBack(first, Undoing.ALL);
        assertThat(counts(undone)).isEqualTo(Map.of(Counted.DELETED, 17L, Counted.RESTORED, 14L));
        assertThat(undone.ending().message()).startsWith("Rolled back: 17 records deleted, 14 restored");
        assertThat(world.dump()).isEqualTo(before);

        migrated();
        assertThat(world.dump()).isEqualTo(after);
        var third = migrated();
        assertThat(counts(third.report(RunOutcome.MIGRATED))).isEqualTo(Map.of(Counted.IDENTICAL, 31L));
        assertThat(world.dump()).isEqualTo(after);
    }

    @Test
    void tablesThatReferToEachOtherShareALevelWhateverTheirMode() {
        assertThat(read(Scope.ALL).manifest().levels())
                .containsExactly(
                        List.of(new TableName("Companies"), CUSTOMERS),
                        List.of(ORDERS),
                        List.of(new TableName("Notes")));
    }

    @Test
    void nothingIsTakenBackUnaskedIfAnythingIsChangedInPlace() {
        assertThat(read(Scope.ALL).manifest().options().onFailure()).contains(OnFailure.STOP);
        assertThat(read(only(ORDERS)).manifest().options().onFailure()).contains(OnFailure.STOP);
        assertThat(read(only(CUSTOMERS)).manifest().options().onFailure()).isEmpty();
    }

    @Test
    void eachTableIsTakenBackByTheRulesOfItsMode() {
        var before = world.dump();
        var run = migrated();
        assertThat(refused(run, table(CUSTOMERS, false))).contains("records of Companies, Notes, Orders refer");
        assertThat(refused(run, Undoing.ALL.where(Map.of("tenant", "t1"))))
                .contains("it copied Customers, Notes")
                .contains("--table with a table that was changed in place: Companies, Orders");

        // Of one table that was changed in place, the records of one customer; then the rest of it.
        assertThat(counts(rolledBack(run, table(ORDERS, false).where(Map.of("customer", "u1")))))
                .isEqualTo(Map.of(Counted.RESTORED, 2L));
        assertThat(item("src-Orders", "o1")).doesNotContainKey("customer_id");
        assertThat(item("src-Orders", "o2")).containsKey("customer_id");
        var verification = verified(run);
        assertThat(verification.ending().error()).isEmpty();
        assertThat(verification.verified().verification()).containsEntry(Counted.ROLLED_BACK, 2L);
        assertThat(counts(rolledBack(run, table(ORDERS, false)))).isEqualTo(Map.of(Counted.RESTORED, 10L));
        assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);

        // What was copied, with all that refers to it.
        assertThat(counts(rolledBack(run, table(CUSTOMERS, true))))
                .isEqualTo(Map.of(Counted.DELETED, 17L, Counted.RESTORED, 2L));
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aReferenceOutOfTheScopeFindsItsRecordInTheTargetOrWhereItIs() {
        var early = read(only(ORDERS)).validate();
        assertThat(early.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(early.blockers())
                .extracting(found -> found.id() + " " + found.path())
                .contains("reference.orphan customer");

        // Companies are where they are, so customers can come without them.
        migrated(PLAN, only(CUSTOMERS));
        assertThat(world.items("dst-Customers")).hasSize(CUSTOMERS_COPIED);
        assertThat(item("src-Companies", "c1")).doesNotContainKey("kind");
        var orders = migrated(PLAN, new Scope(List.of(ORDERS), Map.of("tenant", "t1")));
        assertThat(counts(orders.report(RunOutcome.MIGRATED))).isEqualTo(Map.of(Counted.UPDATED, 6L));
        assertThat(orders.report(RunOutcome.MIGRATED).subject().basis().mode()).isEqualTo("inPlace");

        // A company that does not exist is missed in its own table.
        application("src-Customers", "u1", "company", "c9");
        var missing = read(only(CUSTOMERS)).validate();
        assertThat(missing.blockers()).extracting(found -> found.path()).contains("company");
    }

    @Test
    void whatOthersDoIsNamedByTheRulesOfTheTable() {
        var run = migrated();
        var customer = newId(run, "u2");
        application("dst-Customers", customer, "kind", "theirs");
        application("src-Orders", "o1", "customer_id", "theirs");
        application("src-Orders", "o2", "customer", "u3");
        application("src-Notes", "n3", "order", "o4");
        world.load("src-Companies", record("id", "c2", "owner", "u0"));
        var report = verified(run);
        assertThat(report.verified().differences())
                .extracting(one -> one.verdict() + " " + one.table())
                .containsExactlyInAnyOrder(
                        Verdict.DRIFTED + " Customers",
                        Verdict.DRIFTED + " Orders",
                        Verdict.MOVED + " Orders",
                        Verdict.MOVED + " Notes",
                        Verdict.LATE + " Companies");
        assertThat(report.verified().differences())
                .filteredOn(Difference::fails)
                .isEmpty();

        var undone = rolledBack(run, Undoing.ALL);
        assertThat(undone.others().drift()).hasSize(2);
        assertThat(item("dst-Customers", customer)).containsEntry("kind", "theirs");
        assertThat(item("src-Orders", "o1")).containsEntry("customer_id", "theirs");
        assertThat(item("src-Orders", "o2")).doesNotContainKey("customer_id");
    }

    @Test
    void whatRemainsIsBroughtByAnotherRunWhichIsTakenBackFirst() {
        var first = migrated();
        var between = world.dump();
        application("src-Customers", "u2", "company", "c1");
        application("src-Companies", "c0", "owner", "u2");
        var second = prepared(PLAN, Scope.ALL);
        assertThat(second.validate().blockers()).extracting(found -> found.id()).isEmpty();
        second.begin();
        assertThat(second.migrate().failures()).isZero();
        var report = second.report(RunOutcome.MIGRATED);
        // The customer, the orders of the customer, and the company with its new owner.
        assertThat(report.work().counts()).containsEntry(Counted.REPLACED, 1L).containsEntry(Counted.UPDATED, 3L);
        assertThat(verified(second).verified().remaining()).isEmpty();
        assertThat(refused(first, Undoing.ALL)).contains("is newer and wrote the same records");
        assertThat(refused(first, table(ORDERS, false))).contains("is newer and wrote the same records");
        rolledBack(second, Undoing.ALL);
        application("src-Customers", "u2", "company", "c0");
        application("src-Companies", "c0", "owner", "u0");
        assertThat(world.dump()).isEqualTo(between);
        rolledBack(first, Undoing.ALL);
        assertThat(world.items("dst-Customers")).isEmpty();
    }

    @Test
    void aTestMigratesARecordAndWhatItRefersToInEitherMode() {
        var before = world.dump();
        var start = start();
        var test = new Migration(world, PLAN, start, start.ready(Action.TEST, PLAN));
        assertThat(test.test("Notes", Optional.of("n2"))).isInstanceOf(RecordTrial.TrialOutcome.Passed.class);
        assertThat(item("src-Orders", "o2")).containsEntry("customer_id", newId(test, "u2"));
        assertThat(item("dst-Notes", "n2")).containsEntry("by", newId(test, "u4"));
        assertThat(test.report(RunOutcome.TESTED).ending().message()).contains("were copied or changed in place");
        var report = test.rollback();
        assertThat(report.ending().message()).contains("its records were removed or restored");
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aLockHoldsForTheTargetAndForWhatIsChangedInPlace() {
        var run = prepared(PLAN, Scope.ALL);
        for (var scope : List.of(only(ORDERS), only(CUSTOMERS))) {
            var start = start().asking(RunOptions.within(scope));
            var other = start.prepare(Action.MIGRATE, PLAN, Optional.of("p"));
            assertThat(other).isInstanceOf(Prepared.Refused.class);
            assertThat(((Prepared.Refused) other).cause()).contains("is being written by run " + run.run());
        }
    }
}
