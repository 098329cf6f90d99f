package dev.rekey.engine.store;

import static dev.rekey.engine.store.TestItems.everyType;
import static dev.rekey.engine.store.TestItems.n;
import static dev.rekey.engine.store.TestItems.s;
import static dev.rekey.engine.store.TestItems.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Scan;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class InMemoryTablesTest extends TablePagesContract {
    private static final Expected ABSENT = new Expected.Absent();
    private final InMemoryTables memory = new InMemoryTables();

    @Override
    protected Tables tables() {
        return memory;
    }

    @Override
    protected void create(TableShape shape) {
        memory.createTable(shape);
    }

    @Test
    void dumpsTheSameTextExactlyForTheSameContent() {
        var item = with(everyType(), "id", s("1"));
        memory.load(table, List.of(item, item("2", "a")));
        var dump = memory.dump();
        memory.load(table, List.of(item("2", "b")));
        assertThat(memory.dump()).isNotEqualTo(dump);
        memory.load(table, List.of(item("2", "a"), with(item, "numbers", reversed(item.get("numbers")))));
        assertThat(memory.dump()).isEqualTo(dump);
    }

    private static AttributeValue reversed(AttributeValue numbers) {
        return AttributeValue.fromNs(numbers.ns().reversed());
    }

    @Test
    void leavesUnprocessedWhatItIsTold() {
        memory.leaveUnprocessed((_, key) -> key.equals(key("1")));
        var written = memory.putAll(table, List.of(item("1", "a"), item("2", "a")));
        assertThat(written.unprocessed()).containsExactly(item("1", "a"));
        assertThat(memory.items(table)).containsExactly(item("2", "a"));
        var read = memory.read(table, List.of(key("1"), key("2")));
        assertThat(read.unprocessed()).containsExactly(key("1"));
        assertThat(read.items()).containsExactly(item("2", "a"));
        var deleted = memory.deleteAll(table, List.of(key("1"), key("2")));
        assertThat(deleted.unprocessed()).containsExactly(key("1"));
        assertThat(memory.items(table)).isEmpty();
    }

    @Test
    void givesEmptyPagesThatAreNotTheLast() {
        memory.load(table, List.of(item("1", "a"), item("2", "a"), item("3", "a")));
        memory.giveEmptyPages(true);
        var first = memory.scan(new Scan(table, 0, 1, Optional.empty(), 2, true));
        var second = memory.scan(new Scan(table, 0, 1, first.next(), 2, true));
        assertThat(second.items()).isEmpty();
        var third = memory.scan(new Scan(table, 0, 1, second.next(), 2, true));
        assertThat(third.items()).hasSize(1);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void turnsALostAnswerIntoUnknown() {
        memory.intercept(new Failing(Kind.UNAVAILABLE, false));
        assertThat(memory.put(table, item("1", "a"), ABSENT)).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(memory.items(table)).containsExactly(item("1", "a"));
        memory.intercept(new Failing(Kind.UNAVAILABLE, true));
        assertThat(memory.delete(table, key("1"), new Expected.Attributes(Map.of())))
                .isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(memory.items(table)).containsExactly(item("1", "a"));
        memory.intercept(new Failing(Kind.UNAVAILABLE, false));
        assertThat(memory.update(update("b"))).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(memory.items(table)).containsExactly(item("1", "b"));
    }

    private Tables.Update update(String value) {
        return new Tables.Update(table, key("1"), Map.of(), Map.of("value", s(value)), Set.of());
    }

    /** The service refuses it; DynamoDB Local 2.6.1 does not, so the contract cannot ask. */
    @Test
    void refusesAnUpdateOfAnIndexKeyToAnotherType() {
        memory.load(table, List.of(item("1", "a")));
        var update = new Tables.Update(table, key("1"), Map.of(), Map.of("email", n("1")), Set.of());
        assertInvalid(() -> memory.update(update));
        assertThat(memory.items(table)).containsExactly(item("1", "a"));
    }

    @Test
    void tellsThrottling() {
        memory.intercept(new Failing(Kind.THROTTLED, true));
        assertThat(memory.update(update("b"))).isInstanceOf(WriteOutcome.Throttled.class);
        assertThat(memory.put(table, item("1", "a"), ABSENT)).isInstanceOf(WriteOutcome.Throttled.class);
        assertThatThrownBy(() -> memory.putAll(table, List.of(item("1", "a")))).isInstanceOf(StoreException.class);
        assertThat(memory.items(table)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DENIED", "MISSING", "INVALID"})
    void throwsWhatNoOutcomeTells(Kind kind) {
        memory.intercept(new Failing(kind, true));
        assertThatThrownBy(() -> memory.put(table, item("1", "a"), ABSENT)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> memory.update(update("b"))).isInstanceOf(StoreException.class);
    }

    @Test
    void normalisesNestedNumbers() {
        var item = Map.of("id", s("1"), "list", AttributeValue.fromL(List.of(n("1.0"))));
        memory.load(table, List.of(item));
        assertThat(memory.items(table).getFirst().get("list").l()).containsExactly(n("1"));
    }

    private record Failing(Kind kind, boolean before) implements Interceptor {
        @Override
        public void before(Call call) {
            failIf(before);
        }

        @Override
        public void after(Call call) {
            failIf(!before);
        }

        private void failIf(boolean now) {
            if (now) {
                throw new StoreException(kind, "injected");
            }
        }
    }
}
