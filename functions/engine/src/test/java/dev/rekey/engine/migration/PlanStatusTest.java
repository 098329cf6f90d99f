package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.analyze.PlanStatus;
import dev.rekey.engine.analyze.StatusCounts;
import dev.rekey.engine.analyze.TableStatus;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.scan.TableSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How far a plan is, by the data alone. */
final class PlanStatusTest {
    private static final String PLAN = Plans.inPlace(
            "A: { set: { y: \"{% $length($record.x) %}\" }, where: { kind: k } }", "B: { set: { y: 1 } }");
    private static final TableName A = new TableName("A");
    private static final TableName B = new TableName("B");

    private final World world = new World();
    private final AtomicInteger pages = new AtomicInteger();

    PlanStatusTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 12; i++) {
            world.load("src-A", record("id", "a" + i, "kind", "k", "x", "value", "tenant", String.valueOf(i % 3)));
        }
        world.load("src-A", record("id", "other", "kind", "none", "tenant", "0"));
    }

    private SortedMap<TableName, TableStatus> count(Optional<String> by) {
        var plan = Plans.read(PLAN);
        var shapes = Map.of(A, World.shape("src-A", KeyType.S), B, World.shape("src-B", KeyType.S));
        var tables = new HashMap<TableName, PlanStatus.TableToRead>();
        shapes.forEach((name, shape) -> tables.put(
                name,
                new PlanStatus.TableToRead(
                        shape,
                        taken -> new InPlaceMapping(
                                plan.table(name),
                                shape,
                                new Where.Everything(),
                                Families.of(plan, shapes),
                                Orphans.NONE,
                                taken,
                                world.time().instant(),
                                EarlierValues.NONE),
                        _ -> new MappingOutcome.FilteredOut())));
        var source = new TableSource(world.tables(), world.invocation());
        Supplier<ReferredValues> referred = () -> new ReferredValues(
                new ReferredValues.Referring(plan, shapes::get, (_, id) -> id, _ -> null, _ -> null), source);
        return new PlanStatus(source, new InThread(), pages::incrementAndGet, referred).count(tables, by);
    }

    @Test
    void recordsAreDoneOrToDoOrCannotBeMapped() {
        world.load("src-A", record("id", "broken", "kind", "k", "x", "value", "y", "text of another"));
        world.load("src-A", record("id", "larger", "kind", "k", "x", "x".repeat(409_583)));
        var tables = count(Optional.empty());
        assertThat(tables.get(A).all()).isEqualTo(new StatusCounts(0, 0, 12, 2));
        assertThat(tables.get(A).byValue()).isEmpty();
        assertThat(tables.get(B).all()).isEqualTo(StatusCounts.NONE);
        assertThat(tables.get(B).all().share()).isEqualTo(1);
    }

    @Test
    void aRunOfOneTenantIsSeenInTheData() {
        world.pageLimit(4);
        var start = new Start(world, "part").asking(RunOptions.within(new Scope(List.of(), Map.of("tenant", "1"))));
        var run = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
        run.validate();
        run.begin();
        run.migrate();
        var status = count(Optional.of("tenant")).get(A);
        assertThat(status.all()).isEqualTo(new StatusCounts(4, 0, 8, 0));
        assertThat(status.byValue())
                .isEqualTo(Map.of(
                        "0",
                        new StatusCounts(0, 0, 4, 0),
                        "1",
                        new StatusCounts(4, 0, 0, 0),
                        "2",
                        new StatusCounts(0, 0, 4, 0)));
        assertThat(status.all().share()).isEqualTo(4.0 / 12);
        assertThat(pages.get()).isGreaterThan(4);
    }

    @Test
    void valuesAreCountedByTheirText() {
        world.load("src-B", Map.of("id", AttributeValue.fromS("1"), "v", AttributeValue.fromN("1.0")));
        world.load("src-B", Map.of("id", AttributeValue.fromS("2"), "v", AttributeValue.fromN("1")));
        world.load("src-B", Map.of("id", AttributeValue.fromS("3"), "v", AttributeValue.fromBool(true)));
        world.load("src-B", Map.of("id", AttributeValue.fromS("4"), "v", AttributeValue.fromNs(List.of("1"))));
        world.load("src-B", Map.of("id", AttributeValue.fromS("5")));
        var status = count(Optional.of("v")).get(B);
        assertThat(status.byValue())
                .isEqualTo(Map.of("1", new StatusCounts(0, 0, 2, 0), "true", new StatusCounts(0, 0, 1, 0)));
        assertThat(status.withoutValue()).isEqualTo(new StatusCounts(0, 0, 2, 0));
    }

    @Test
    void anAttributeWithAValueForEachRecordIsRefused() {
        IntStream.rangeClosed(0, PlanStatus.MOST_VALUES)
                .forEach(i -> world.load("src-B", record("id", "r" + i, "v", "v" + i)));
        assertThatThrownBy(() -> count(Optional.of("v"))).isInstanceOf(PlanStatus.TooManyValues.class);
        assertThat(count(Optional.empty()).get(B).all().toDo()).isEqualTo(PlanStatus.MOST_VALUES + 1L);
    }
}
