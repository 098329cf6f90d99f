package dev.rekey.engine.store;

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
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Update;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every store of tables does with updates of single attributes. */
public abstract class TableUpdatesContract extends TablesContract {
    private static final Map<String, Optional<AttributeValue>> ANYTHING = Map.of();

    private Update update(
            Map<String, Optional<AttributeValue>> expected, Map<String, AttributeValue> set, String... remove) {
        return new Update(table, key("1"), expected, set, Set.of(remove));
    }

    private void store(Map<String, AttributeValue> item) {
        assertThat(tables.putAll(table, List.of(item)).unprocessed()).isEmpty();
    }

    @Test
    void changesTheNamedAttributesAndNoOther() {
        var item = with(with(item("1", "a"), "gone", n("1")), "kept", s("k"));
        store(item);
        var old = done(tables.update(update(
                Map.of("value", Optional.of(s("a")), "added", Optional.empty()),
                Map.of("value", s("b"), "added", s("c")),
                "gone",
                "neverThere")));
        assertThat(old).contains(Map.of("value", s("a"), "gone", n("1")));
        assertThat(stored("1")).contains(Map.of("id", s("1"), "value", s("b"), "added", s("c"), "kept", s("k")));
    }

    @Test
    void anUpdateOfAbsentAttributesHasNoOldImage() {
        store(item("1", "a"));
        assertThat(done(tables.update(update(ANYTHING, Map.of("added", s("b")), "neverThere"))))
                .isEmpty();
        assertThat(stored("1")).contains(with(item("1", "a"), "added", s("b")));
    }

    @Test
    void onlyRemoves() {
        store(item("1", "a"));
        assertThat(done(tables.update(update(ANYTHING, Map.of(), "value")))).contains(Map.of("value", s("a")));
        assertThat(stored("1")).contains(Map.of("id", s("1")));
    }

    @Test
    void makesNoItemWhereNoneIs() {
        for (var expected : List.of(
                ANYTHING, Map.of("value", Optional.<AttributeValue>empty()), Map.of("value", Optional.of(s("a"))))) {
            assertThat(found(tables.update(update(expected, Map.of("value", s("b"))))))
                    .isEmpty();
            assertThat(stored("1")).isEmpty();
        }
    }

    @Test
    void aConditionThatFailsTellsTheItemAndChangesNothing() {
        var item = with(item("1", "a"), "more", n("1"));
        store(item);
        for (var expected : List.of(
                Map.of("value", Optional.of(s("b"))),
                Map.of("value", Optional.of(n("1"))),
                Map.of("value", Optional.<AttributeValue>empty()),
                Map.of("absent", Optional.of(s("a"))),
                Map.of("value", Optional.of(s("a")), "more", Optional.<AttributeValue>empty()))) {
            assertThat(found(tables.update(update(expected, Map.of("value", s("c"))))))
                    .contains(item);
            assertThat(stored("1")).contains(item);
        }
    }

    @Test
    void anUpdateComparesEveryType() {
        var item = with(everyType(), "id", s("1"));
        store(item);
        everyType().forEach((name, value) -> {
            assertThat(found(tables.update(update(Map.of(name, Optional.of(s("other"))), Map.of("done", s(name))))))
                    .isPresent();
            var _ = done(tables.update(update(Map.of(name, Optional.of(value)), Map.of("done", s(name)))));
        });
    }

    @Test
    void writesEveryType() {
        store(item("1", "a"));
        var _ = done(tables.update(update(ANYTHING, everyType(), "value")));
        assertThat(CanonicalText.of(stored("1").orElseThrow()))
                .isEqualTo(CanonicalText.of(with(everyType(), "id", s("1"))));
    }

    @Test
    void numbersAreEqualByValueAndSetsWithoutOrder() {
        var numbers = AttributeValue.fromNs(List.of("1", "20", "0.5"));
        var list = AttributeValue.fromL(List.of(n("100")));
        store(Map.of("id", s("1"), "number", n("1.5"), "numbers", numbers, "list", list));
        var expected = Map.of(
                "number", Optional.of(n("1.500")),
                "numbers", Optional.of(AttributeValue.fromNs(List.of("2E1", "0.50", "1.0"))),
                "list", Optional.of(AttributeValue.fromL(List.of(n("1E2")))));
        assertThat(done(tables.update(update(expected, Map.of("number", n("2.0"))))))
                .contains(Map.of("number", n("1.5")));
        // DynamoDB Local keeps a number that is updated as it was written; the service does not.
        assertThat(CanonicalText.of(stored("1").orElseThrow().get("number"))).isEqualTo(CanonicalText.of(n("2")));
    }

    @Test
    void namesMayBeReservedWordsOrHoldAnything() {
        var names = List.of("status", "size", "SET", "a.b", "a b", "#0", ":0", "ä", "list[0]", "1");
        var item = new HashMap<>(item("1", "a"));
        names.forEach(name -> item.put(name, s("old " + name)));
        store(item);
        var expected = new TreeMap<String, Optional<AttributeValue>>();
        var set = new TreeMap<String, AttributeValue>();
        names.forEach(name -> {
            expected.put(name, Optional.of(item.get(name)));
            set.put(name, s("new " + name));
        });
        var old = done(tables.update(update(expected, set, "value"))).orElseThrow();
        assertThat(old).hasSize(names.size() + 1).containsEntry("a.b", s("old a.b"));
        assertThat(stored("1").orElseThrow()).isEqualTo(with(set, "id", s("1")));
    }

    @Test
    void theKeyMayBeComparedAndIsFoundByBothAttributes() {
        var name = newTable(Optional.of(new KeyAttribute("at", KeyType.N)), Map.of());
        var first = Map.of("id", s("1"), "at", n("1"), "v", s("a"));
        var second = Map.of("id", s("1"), "at", n("2"), "v", s("a"));
        tables.putAll(name, List.of(first, second));
        var key = new Key(Map.of("id", s("1"), "at", n("2")));
        var expected = Map.of("id", Optional.of(s("1")), "at", Optional.of(n("2.0")), "v", Optional.of(s("a")));
        assertThat(done(tables.update(new Update(name, key, expected, Map.of("v", s("b")), Set.of()))))
                .contains(Map.of("v", s("a")));
        assertThat(tables.read(name, List.of(key)).items()).containsExactly(with(second, "v", s("b")));
        assertThat(tables.read(name, List.of(new Key(Map.of("id", s("1"), "at", n("1")))))
                        .items())
                .containsExactly(first);
    }

    @Test
    void comparesAsManyAttributesAsAnExpressionHolds() {
        var item = new HashMap<>(Map.of("id", s("1")));
        var expected = new HashMap<String, Optional<AttributeValue>>();
        for (int i = 0; i < ComparedAttributes.MAX; i++) {
            item.put("v" + i, n(String.valueOf(i)));
            expected.put("v" + i, Optional.of(n(String.valueOf(i))));
        }
        store(item);
        assertThat(done(tables.update(update(expected, Map.of("v0", n("-1")))))).contains(Map.of("v0", n("0")));
        expected.put("v0", Optional.of(n("-1")));
        expected.put("oneMore", Optional.empty());
        var tooMany = update(expected, Map.of("v0", n("-2")));
        assertThat(UpdateExpression.of(tooMany).fits()).isFalse();
        assertInvalid(() -> tables.update(tooMany));
        assertThat(stored("1").orElseThrow()).containsEntry("v0", n("-1"));
    }

    @Test
    void refusesAnExpressionThatIsTooLong() {
        store(item("1", "a"));
        assertThat(done(tables.update(update(ANYTHING, attributes(300))))).isEmpty();
        assertThat(stored("1").orElseThrow()).hasSize(302);
        var tooLong = update(ANYTHING, attributes(500));
        assertThat(UpdateExpression.of(tooLong).fits()).isFalse();
        assertInvalid(() -> tables.update(tooLong));
        assertThat(stored("1").orElseThrow()).hasSize(302);
    }

    private static Map<String, AttributeValue> attributes(int number) {
        var all = new HashMap<String, AttributeValue>();
        for (int i = 0; i < number; i++) {
            all.put("attribute " + i, n("1"));
        }
        return all;
    }

    @Test
    void refusesToGrowAnItemOverTheLimit() {
        var item = Map.of("id", s("1"), "v", s("x".repeat(ItemLimits.ITEM_BYTES - 100)));
        store(item);
        assertInvalid(() -> tables.update(update(ANYTHING, Map.of("more", s("x".repeat(100))))));
        assertThat(stored("1")).contains(item);
        var _ = done(tables.update(update(ANYTHING, Map.of("more", s("x".repeat(500))), "v")));
        assertThat(stored("1").orElseThrow()).containsOnlyKeys("id", "more");
    }

    static Stream<Map<String, AttributeValue>> refusedChanges() {
        return Stream.of(
                Map.of("id", s("secret")),
                Map.of("email", s("")),
                Map.of("v", AttributeValue.fromSs(List.of())),
                Map.of("v", n("secret")),
                Map.of("v", n("1E126")),
                Map.of("v", nested(32)),
                Map.of("", s("v")));
    }

    @ParameterizedTest
    @MethodSource("refusedChanges")
    void refusesChanges(Map<String, AttributeValue> set) {
        store(item("1", "a"));
        assertInvalid(() -> tables.update(update(ANYTHING, set)));
        assertThat(stored("1")).contains(item("1", "a"));
    }

    @Test
    void refusesToRemoveTheKey() {
        store(item("1", "a"));
        assertInvalid(() -> tables.update(update(ANYTHING, Map.of(), "id")));
        assertThat(stored("1")).contains(item("1", "a"));
    }

    @Test
    void refusesWithoutATable() {
        var missing = new Update(new PhysicalTable("not-there"), key("1"), ANYTHING, Map.of("v", s("a")), Set.of());
        assertThatThrownBy(() -> tables.update(missing))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING));
    }

    @Test
    void anUpdateThatChangesNothingOrContradictsItselfIsNone() {
        assertThatThrownBy(() -> update(ANYTHING, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> update(ANYTHING, Map.of("v", s("a")), "v"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUpdateThatIsDoneAgainFailsItsCondition() {
        store(item("1", "a"));
        var once = update(Map.of("value", Optional.of(s("a"))), Map.of("value", s("b")));
        assertThat(done(tables.update(once))).contains(Map.of("value", s("a")));
        assertThat(found(tables.update(once))).contains(item("1", "b"));
        assertThat(done(tables.delete(table, key("1"), new Expected.Attributes(item("1", "b")))))
                .contains(item("1", "b"));
    }
}
