package dev.rekey.cli.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ContentsTest {
    private static final PhysicalTable ONE = new PhysicalTable("one");
    private static final PhysicalTable TWO = new PhysicalTable("two");
    private final InMemoryTables store = new InMemoryTables();

    ContentsTest() {
        for (var table : List.of(ONE, TWO)) {
            store.createTable(new TableShape(
                    table, "000000000000", "us-east-1", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of()));
        }
    }

    @Test
    void theSameRecordsAreTheSameWhateverTheirOrder() {
        store.load(ONE, List.of(item("a", "1"), item("b", "2")));
        var before = contents();
        store.load(ONE, List.of(item("b", "2.0"), item("a", "1")));

        assertThat(contents().differences(before)).isEmpty();
        assertThat(before.records()).isEqualTo(2);
    }

    @Test
    void everyChangeIsADifferenceOfItsTable() {
        store.load(ONE, List.of(item("a", "1")));
        store.load(TWO, List.of(item("a", "1")));
        var before = contents();
        store.load(TWO, List.of(item("a", "2")));

        assertThat(contents().differences(before)).containsExactly(TWO);
    }

    @Test
    void oneMoreRecordIsADifference() {
        var before = contents();
        store.load(ONE, List.of(item("a", "1")));

        assertThat(contents().differences(before)).containsExactly(ONE);
    }

    private Contents contents() {
        return Contents.of(store, List.of(ONE, TWO));
    }

    private static Map<String, AttributeValue> item(String id, String number) {
        return Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN(number));
    }
}
