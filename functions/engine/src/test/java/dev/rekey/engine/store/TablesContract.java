package dev.rekey.engine.store;

import static dev.rekey.engine.store.TestItems.b;
import static dev.rekey.engine.store.TestItems.everyType;
import static dev.rekey.engine.store.TestItems.n;
import static dev.rekey.engine.store.TestItems.nested;
import static dev.rekey.engine.store.TestItems.s;
import static dev.rekey.engine.store.TestItems.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.ItemLimits;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every store of tables does with single items and their conditions. */
public abstract class TablesContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    protected static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final Expected ABSENT = new Expected.Absent();

    protected PhysicalTable table;
    protected Tables tables;

    protected abstract Tables tables();

    /** Creates a table with these keys and indexes; account and region do not matter. */
    protected abstract void create(TableShape shape);

    @BeforeEach
    final void createTable() {
        tables = tables();
        table = newTable(Optional.empty(), Map.of("byEmail", List.of(new KeyAttribute("email", KeyType.S))));
    }

    protected final PhysicalTable newTable(Optional<KeyAttribute> sortKey, Map<String, List<KeyAttribute>> indexes) {
        var name = new PhysicalTable("contract-" + NUMBER.incrementAndGet());
        create(new TableShape(name, "000000000000", "local", ID, sortKey, indexes));
        return name;
    }

    @Test
    void askingWhatIsDeniedToAWriterWritesNothing() {
        var sorted = newTable(Optional.of(new KeyAttribute("at", KeyType.N)), Map.of());
        for (var name : List.of(table, sorted)) {
            var shape = tables.describe(name).orElseThrow();
            for (var writing : Tables.Writing.values()) {
                assertThat(tables.deniedToWriter(shape, writing)).isEmpty();
            }
            var all = tables.scan(new Tables.Scan(name, 0, 1, Optional.empty(), 0, true));
            assertThat(all.items()).isEmpty();
        }
    }

    @Test
    void describesKeysAndIndexes() {
        var sortKey = new KeyAttribute("at", KeyType.N);
        var byOwner = List.of(new KeyAttribute("owner", KeyType.B), new KeyAttribute("at", KeyType.N));
        var named = newTable(Optional.of(sortKey), Map.of("byOwner", byOwner));
        var shape = tables.describe(named).orElseThrow();
        assertThat(shape.table()).isEqualTo(named);
        assertThat(shape.keyAttributes()).containsExactly(ID, sortKey);
        assertThat(shape.indexes()).isEqualTo(Map.of("byOwner", byOwner));
        assertThat(shape.account()).matches("[0-9]{12}");
        assertThat(shape.region()).isNotEmpty();
    }

    @Test
    void describesWhatIndexesHold() {
        var name = new PhysicalTable("contract-" + NUMBER.incrementAndGet());
        var key = List.of(new KeyAttribute("owner", KeyType.S));
        var indexes = Map.of("all", key, "keys", key, "some", key);
        var projected = Map.of("keys", List.<String>of(), "some", List.of("colour"));
        create(new TableShape(name, "000000000000", "local", ID, Optional.empty(), indexes).projecting(projected));
        assertThat(tables.describe(name).orElseThrow().projected()).isEqualTo(projected);
    }

    @Test
    void describesTheAttributeByWhichItemsExpire() {
        var name = new PhysicalTable("contract-" + NUMBER.incrementAndGet());
        create(new TableShape(name, "000000000000", "local", ID, Optional.empty(), Map.of())
                .expiringBy(Optional.of("expiresAt")));
        assertThat(tables.describe(name).orElseThrow().timeToLive()).contains("expiresAt");
        assertThat(tables.describe(table).orElseThrow().timeToLive()).isEmpty();
    }

    @Test
    void describesNoTableThatIsNotThere() {
        assertThat(tables.describe(new PhysicalTable("not-there"))).isEmpty();
    }

    @Test
    void putsOnlyWhereNothingIs() {
        var first = item("1", "a");
        assertThat(done(tables.put(table, first, ABSENT))).isEmpty();
        assertThat(found(tables.put(table, item("1", "b"), ABSENT))).contains(first);
        assertThat(stored("1")).contains(first);
    }

    @Test
    void keepsEveryTypeAsItWas() {
        var item = with(everyType(), "id", s("1"));
        done(tables.put(table, item, ABSENT));
        assertThat(CanonicalText.of(stored("1").orElseThrow())).isEqualTo(CanonicalText.of(item));
    }

    @Test
    void comparesEveryType() {
        var item = with(everyType(), "id", s("1"));
        done(tables.put(table, item, ABSENT));
        for (var attribute : item.entrySet()) {
            var other = with(item, attribute.getKey(), s("something else"));
            var failed = found(tables.delete(table, key("1"), new Expected.Attributes(other)));
            assertThat(CanonicalText.of(failed.orElseThrow())).isEqualTo(CanonicalText.of(item));
        }
        var read = stored("1").orElseThrow();
        assertThat(done(tables.put(table, read, new Expected.Attributes(item)))).contains(read);
        assertThat(done(tables.delete(table, key("1"), new Expected.Attributes(read))))
                .contains(read);
        assertThat(stored("1")).isEmpty();
    }

    @Test
    void comparesNoAttributeThatIsNotNamed() {
        var item = with(item("1", "a"), "more", n("1"));
        done(tables.put(table, item, ABSENT));
        var expected = new Expected.Attributes(Map.of("value", s("a")));
        assertThat(done(tables.put(table, item("1", "b"), expected))).contains(item);
        assertThat(stored("1")).contains(item("1", "b"));
    }

    @Test
    void expectsAnythingThatExists() {
        var anything = new Expected.Attributes(Map.of());
        assertThat(found(tables.put(table, item("1", "a"), anything))).isEmpty();
        assertThat(found(tables.delete(table, key("1"), anything))).isEmpty();
        done(tables.put(table, item("1", "a"), ABSENT));
        assertThat(done(tables.put(table, item("1", "b"), anything))).contains(item("1", "a"));
        assertThat(done(tables.delete(table, key("1"), anything))).contains(item("1", "b"));
    }

    @Test
    void failsTheConditionWhereNothingIs() {
        var expected = new Expected.Attributes(item("1", "a"));
        assertThat(found(tables.put(table, item("1", "b"), expected))).isEmpty();
        assertThat(found(tables.delete(table, key("1"), expected))).isEmpty();
        assertThat(done(tables.delete(table, key("1"), ABSENT))).isEmpty();
        assertThat(stored("1")).isEmpty();
    }

    @Test
    void comparesAPartOfAnItemWithTooManyAttributes() {
        var item = new HashMap<>(Map.of("id", s("1")));
        for (int i = 100; i < 300; i++) {
            item.put("zz" + i, n(String.valueOf(i)));
        }
        done(tables.put(table, item, ABSENT));
        var comparedDiffers = new Expected.Attributes(with(item, "zz100", n("0")));
        assertThat(found(tables.delete(table, key("1"), comparedDiffers))).contains(item);
        var restDiffers = new Expected.Attributes(with(item, "zz299", n("0")));
        assertThat(done(tables.put(table, item("1", "a"), restDiffers))).contains(item);
    }

    @Test
    void givesNumbersBackInOneForm() {
        var forms = Map.of("1.500", "1.5", "1E2", "100", "-0.0", "0", "0007", "7", "1e-3", "0.001", ".5", "0.5");
        for (var form : forms.entrySet()) {
            var item =
                    Map.of("id", s("1"), "v", n(form.getKey()), "set", AttributeValue.fromNs(List.of(form.getKey())));
            tables.putAll(table, List.of(item));
            assertThat(stored("1").orElseThrow())
                    .containsEntry("v", n(form.getValue()))
                    .containsEntry("set", AttributeValue.fromNs(List.of(form.getValue())));
        }
    }

    @Test
    void acceptsTheLargestItem() {
        var largest = Map.of("id", s("1"), "v", s("x".repeat(ItemLimits.ITEM_BYTES - 4)));
        assertThat(done(tables.put(table, largest, ABSENT))).isEmpty();
        assertThat(done(tables.delete(table, key("1"), new Expected.Attributes(largest))))
                .contains(largest);
    }

    static Stream<Map<String, AttributeValue>> refusedItems() {
        var item = Map.of("id", s("secret"));
        return Stream.of(
                Map.of("id", s("")),
                Map.of("id", n("1")),
                Map.of("other", s("secret")),
                Map.of("id", s("x".repeat(2049))),
                with(item, "email", s("")),
                with(item, "email", b(1)),
                with(item, "v", AttributeValue.fromSs(List.of())),
                with(item, "v", AttributeValue.fromSs(List.of("secret", "secret"))),
                with(item, "v", AttributeValue.fromNs(List.of("1", "1.0"))),
                with(item, "v", n("123456789012345678901234567890123456789")),
                with(item, "v", n("1E126")),
                with(item, "v", n("1E-131")),
                with(item, "v", n("secret")),
                with(item, "v", AttributeValue.fromNul(false)),
                with(item, "", s("v")),
                with(item, "v", AttributeValue.fromM(Map.of("", s("v")))),
                with(item, "v", nested(32)),
                with(item, "v", s("x".repeat(ItemLimits.ITEM_BYTES - 8))));
    }

    @ParameterizedTest
    @MethodSource("refusedItems")
    void refuses(Map<String, AttributeValue> item) {
        assertInvalid(() -> tables.put(table, item, ABSENT));
        assertInvalid(() -> tables.putAll(table, List.of(item("good", "a"), item)));
        assertThat(stored("good")).isEmpty();
    }

    @Test
    void refusesKeysThatAreNotTheTables() {
        assertInvalid(() -> tables.delete(table, new Key(Map.of("id", s("1"), "more", s("1"))), ABSENT));
        assertInvalid(() -> tables.read(table, List.of(new Key(Map.of("other", s("1"))))));
        assertInvalid(() -> tables.read(table, List.of(new Key(Map.of("id", n("1"))))));
    }

    protected static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID))
                .hasMessageStartingWith("Cannot ")
                .message()
                .doesNotContain("secret");
    }

    protected static Map<String, AttributeValue> item(String id, String value) {
        return Map.of("id", s(id), "value", s(value));
    }

    protected static Key key(String id) {
        return new Key(Map.of("id", s(id)));
    }

    protected final Optional<Map<String, AttributeValue>> stored(String id) {
        return tables.read(table, List.of(key(id))).items().stream().findFirst();
    }

    protected static Optional<Map<String, AttributeValue>> done(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
        assertThat(((WriteOutcome.Done) outcome).units()).isPositive();
        return ((WriteOutcome.Done) outcome).old();
    }

    protected static Optional<Map<String, AttributeValue>> found(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.ConditionFailed.class);
        assertThat(((WriteOutcome.ConditionFailed) outcome).units()).isPositive();
        return ((WriteOutcome.ConditionFailed) outcome).found();
    }
}
