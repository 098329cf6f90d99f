package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.segment.BoundedTables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An application goes on inserting, changing and deleting while the analysis reads. Nothing of that refuses a run. */
final class LiveSourceTest {
    private static final int ORDERS = 40;
    private static final int MOST_INSERTED = 60;

    private final World world = new World();

    /** Where the ids of the customers stand. */
    private enum Ids {
        WHOLE_KEY("Customers: {}"),
        PARTITION_KEY("Customers: { key: { sort: keep } }"),
        SORT_KEY("Customers: { key: { tenant: keep, id: self } }");

        private final String table;

        Ids(String table) {
            this.table = table;
        }

        private TableShape shape(String name) {
            var id = new KeyAttribute("id", KeyType.S);
            return switch (this) {
                case WHOLE_KEY -> World.shape(name, KeyType.S);
                case PARTITION_KEY -> shape(name, id, new KeyAttribute("sort", KeyType.S));
                case SORT_KEY -> shape(name, new KeyAttribute("tenant", KeyType.S), id);
            };
        }

        private static TableShape shape(String name, KeyAttribute partition, KeyAttribute sort) {
            return new TableShape(
                    new PhysicalTable(name), "000000000000", "eu-west-1", partition, Optional.of(sort), Map.of());
        }
    }

    private void tables(Ids ids) {
        List.of("src-Customers", "dst-Customers").forEach(name -> world.memory().createTable(ids.shape(name)));
        world.create("Orders", KeyType.S);
        customer("c0");
    }

    private void customer(String id) {
        world.load("src-Customers", record("id", id, "sort", "s", "tenant", "t"));
    }

    private void order(String id, String customer) {
        world.load("src-Orders", record("id", id, "customer", customer));
    }

    private static String plan(Ids ids, String onOrphan) {
        return Plans.of(
                ids.table,
                "Orders: { references: { customer: { family: Customers, onOrphan: %s } } }".formatted(onOrphan));
    }

    private Set<String> ids(String table) {
        return values(table, "id");
    }

    private Set<String> values(String table, String attribute) {
        return world.items(table).stream()
                .filter(item -> item.containsKey(attribute))
                .map(item -> item.get(attribute).s())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Every second, the application inserts a customer, and then an order of theirs. */
    private void writeWhileReading() {
        var begun = world.time().instant();
        var inserted = new AtomicInteger();
        world.faults().before("scan", "src-Orders", 0, Integer.MAX_VALUE, () -> {
            while (inserted.get() < MOST_INSERTED && seconds(begun) > inserted.get()) {
                int number = inserted.incrementAndGet();
                customer("new" + number);
                order("late" + number, "new" + number);
            }
        });
    }

    private long seconds(Instant begun) {
        return Duration.between(begun, world.time().instant()).toSeconds();
    }

    @ParameterizedTest
    @EnumSource
    void aSlowScanBesideAWriterFindsNoOrphans(Ids ids) {
        tables(ids);
        for (int i = 0; i < ORDERS; i++) {
            order("o" + i, "c0");
        }
        world.pageLimit(2);
        world.replaceTables(new BoundedTables(world.tables(), world.time()));
        var run = Migration.prepared(world, plan(ids, "fail") + "limits: { readUnitsPerSecond: 2 }\n");
        writeWhileReading();
        var analysis = run.validate();
        assertThat(analysis.blockers()).isEmpty();
        assertThat(analysis.orphans()).isEmpty();
        assertThat(Counted.READ.in(analysis.tables().get(new TableName("Orders"))))
                .isGreaterThan(ORDERS);

        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(ids("dst-Customers")).containsAll(values("dst-Orders", "customer"));
    }

    @ParameterizedTest
    @EnumSource
    void whatComesIsNeitherKeptNorRemoved(Ids ids) {
        for (var onOrphan : List.of("keep", "removeReference")) {
            var one = new LiveSourceTest();
            one.tables(ids);
            one.order("o0", "nobody");
            var plan = plan(ids, onOrphan);
            var run = Migration.prepared(one.world, plan);
            one.world.faults().before("scan", "src-Orders", () -> {
                one.customer("new");
                one.order("o1", "new");
            });
            var analysis = run.validate();
            assertThat(analysis.orphans())
                    .extracting(orphan -> orphan.id().canonical())
                    .containsExactly("nobody");
            run.begin();
            assertThat(run.migrate().failures()).isZero();
            var expected = new HashSet<>(one.ids("dst-Customers"));
            assertThat(expected).hasSize(2);
            assertThat(expected).containsAll(one.without("nobody"));
        }
    }

    private Set<String> without(String customer) {
        var customers = values("dst-Orders", "customer");
        customers.remove(customer);
        return customers;
    }

    @Test
    void anOrphanThatWasThereFromTheStartRefusesTheRunWhateverElseComes() {
        tables(Ids.WHOLE_KEY);
        order("o0", "nobody");
        var run = Migration.prepared(world, plan(Ids.WHOLE_KEY, "fail"));
        world.faults().before("scan", "src-Orders", () -> {
            customer("new");
            order("o1", "new");
        });
        assertThat(run.validate().blockers()).singleElement().satisfies(group -> {
            assertThat(group.id()).isEqualTo("reference.orphan");
            assertThat(group.count()).isOne();
            assertThat(group.message()).contains("nobody");
        });
    }

    @Test
    void aRecordThatIsLeftOutIsNoParentWhenItComes() {
        tables(Ids.WHOLE_KEY);
        var plan = Plans.of(
                "Customers: { where: \"{% $record.open = 'yes' %}\" }",
                "Orders: { references: { customer: Customers } }");
        var run = Migration.prepared(world, plan);
        world.faults().before("scan", "src-Orders", () -> {
            customer("closed");
            order("o1", "closed");
        });
        assertThat(run.validate().blockers()).extracting(FindingGroup::id).containsExactly("reference.orphan");
    }

    @Test
    void whoeverIsDeletedWithTheirOrdersLeavesNoOrphan() {
        tables(Ids.WHOLE_KEY);
        customer("c1");
        world.create("Bills", KeyType.S);
        // Of tables that refer to each other, the largest is read first.
        for (int i = 0; i < 5; i++) {
            world.load("src-Bills", record("id", "of c0 " + i, "customer", "c0"));
        }
        var plan = Plans.of(
                "Customers: { references: { bill: { family: Bills, onOrphan: keep } }, checks: { accept: [bill] } }",
                "Bills: { references: { customer: Customers } }");
        world.load("src-Bills", record("id", "b1", "customer", "c1"));
        var run = Migration.prepared(world, plan);
        world.faults().before("scan", "src-Customers", () -> {
            world.delete("src-Bills", record("id", "b1", "customer", "c1"));
            world.delete("src-Customers", record("id", "c1", "sort", "s", "tenant", "t"));
        });
        var analysis = run.validate();
        assertThat(analysis.blockers()).isEmpty();
        assertThat(analysis.warnings()).extracting(FindingGroup::id).containsExactly("reference.late");
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        assertThat(values("dst-Bills", "customer")).isEqualTo(ids("dst-Customers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody"})
    void whatNeedsACreatedParentTooLateIsBroughtByTheNextRun(String customer) {
        world.create("Customers", KeyType.S);
        world.create("Orders", KeyType.S);
        var late = new HashMap<>(record("id", "o1", "tenant", "t1"));
        if (!customer.isEmpty()) {
            late.put("customer", AttributeValue.fromS(customer));
        }
        var plan = Plans.inPlace(
                "Customers: {}",
                "Orders: { references: { customer: { family: Customers, onOrphan: { create: { name: x } }, onAbsent: { create: { name: x }, per: tenant } } } }");
        world.load("src-Orders", record("id", "o0", "tenant", "t0"));
        var run = Migration.prepared(world, plan);
        // The first scan looks for what is to be created.
        world.faults().before("scan", "src-Orders", 1, 1, () -> world.load("src-Orders", late));
        var analysis = run.validate();
        assertThat(analysis.blockers()).isEmpty();
        assertThat(analysis.warnings()).extracting(FindingGroup::id).containsExactly("reference.late");
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsEntry(Counted.LATE, 1L);
        assertThat(world.items("src-Orders")).contains(late);
        assertThat(world.items("src-Customers")).hasSize(1);

        Migration.migrated(world, plan);
        assertThat(world.items("src-Customers")).hasSize(2);
        assertThat(ids("src-Customers")).isEqualTo(values("src-Orders", "customer"));
    }

    @Test
    void whatNeedsARecordInATableThatIsLeftOutIsAnOrphan() {
        world.create("Customers", KeyType.S);
        world.create("Orders", KeyType.S);
        order("o0", "nobody");
        var plan = Plans.inPlace(
                "Customers: {}",
                "Orders: { references: { customer: { family: Customers, onOrphan: { create: { name: x } } } } }");
        var start = new Start(world, "orders")
                .asking(RunOptions.within(new Scope(List.of(new TableName("Orders")), Map.of())));
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        assertThat(run.validate().blockers()).extracting(FindingGroup::id).containsExactly("reference.orphan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "fail"})
    void aMassOfOrphansIsLookedUpInBatches(String onOrphan) {
        int orphans = 3_000;
        tables(Ids.WHOLE_KEY);
        for (int i = 0; i < orphans; i++) {
            order("o" + i, "nobody" + i);
        }
        var requests = new AtomicInteger();
        List.of("query", "read")
                .forEach(name ->
                        world.faults().before(name, "-Customers", 0, Integer.MAX_VALUE, requests::incrementAndGet));
        assertThat(Migration.prepared(world, plan(Ids.WHOLE_KEY, onOrphan))
                        .validate()
                        .orphans())
                .isNotEmpty();
        assertThat(requests.get()).isBetween(60, 100);
    }

    @Test
    void whatNoIdLeadsToIsSearchedForOnceForAll() {
        int orphans = 3_000;
        tables(Ids.SORT_KEY);
        for (int i = 0; i < orphans; i++) {
            order("o" + i, "nobody" + i);
        }
        var scans = new AtomicInteger();
        world.faults().before("scan", "src-Customers", 0, Integer.MAX_VALUE, scans::incrementAndGet);
        var run = Migration.prepared(world, plan(Ids.SORT_KEY, "keep"));
        scans.set(0);
        run.inPartitions(4);
        assertThat(run.validate().orphans()).isNotEmpty();
        // The analysis reads it, and then it is read again.
        assertThat(scans).hasValue(2);
    }
}
