package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.analyze.RecordChange.AttributeChange;
import dev.rekey.engine.analyze.RecordChange.What;
import dev.rekey.engine.run.ChangeKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ChangesTextTest {
    private static final TableName ORDERS = new TableName("Orders");
    private static final String UUID = "aea6505f-937a-8bcd-b79b-d2e875aba27e";

    private static AttributeChange attribute(String name, What what) {
        return new AttributeChange(name, what, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static RecordChange change(
            ChangeKind kind, String record, Optional<String> becomes, AttributeChange... attributes) {
        return new RecordChange(
                kind, ORDERS, record, becomes, Optional.empty(), List.of(attributes), 0, Optional.empty());
    }

    private static String id(String id) {
        return "{\"id\":{\"S\":\"" + id + "\"}}";
    }

    private static List<String> plain(RecordChange change) {
        return new ChangesText(false).lines(change, Optional.empty());
    }

    @Test
    void eachAttributeHasALine() {
        var renamed =
                new AttributeChange("note", What.RENAMED, Optional.of("remark"), Optional.empty(), Optional.empty());
        assertThat(plain(change(
                        ChangeKind.CREATE,
                        id("o-1"),
                        Optional.of(id("n-1")),
                        attribute("customer", What.REWRITTEN),
                        attribute("at", What.CHANGED),
                        attribute("old", What.REMOVED),
                        attribute("tier", What.ADDED),
                        renamed)))
                .containsExactly(
                        "create     Orders  id o-1 -> id n-1",
                        "    ~ customer  rewritten",
                        "    ~ at  changed",
                        "    - old",
                        "    + tier",
                        "    > note -> remark");
    }

    @Test
    void valuesStandWithoutTheirTypes() {
        assertThat(plain(change(
                        ChangeKind.CHANGE,
                        "{\"tenant\":{\"S\":\"a\"},\"no\":{\"N\":\"12\"}}",
                        Optional.empty(),
                        valued("n", What.CHANGED, "{\"N\":\"1.5\"}", "{\"BOOL\":true}"),
                        valued("s", What.CHANGED, "{\"NULL\":true}", "{\"S\":\"a\\\"b\"}"))))
                .containsExactly(
                        "change     Orders  no 12, tenant a",
                        "    - n: 1.5",
                        "    + n: true",
                        "    - s: {\"NULL\":true}",
                        "    + s: \"a\\\"b\"");
    }

    private static AttributeChange valued(String name, What what, String before, String after) {
        return new AttributeChange(name, what, Optional.empty(), Optional.of(before), Optional.of(after));
    }

    @Test
    void longKeysAndValuesFitInto80Columns() {
        var same = "x".repeat(300);
        var lines = plain(change(
                ChangeKind.CREATE,
                id(UUID),
                Optional.of(id(UUID.replace('a', 'b'))),
                valued("text", What.REWRITTEN, "{\"S\":\"" + same + "1\"}", "{\"S\":\"" + same + "2\"}")));
        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.length() <= 80)
                .element(1)
                .isEqualTo("    -> id " + UUID.replace('a', 'b'));
        assertThat(lines.get(2)).endsWith("x1\"");
        assertThat(lines.get(3)).endsWith("x2\"");
    }

    @Test
    void aKeyThatStaysIsNotRepeatedAndABlockerIsNamed() {
        assertThat(plain(change(ChangeKind.CREATE, id("o-1"), Optional.of(id("o-1")))))
                .containsExactly("create     Orders  id o-1");
        assertThat(plain(new RecordChange(
                        ChangeKind.BLOCKED,
                        ORDERS,
                        id("o-1"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        0,
                        Optional.of("mapping.wrong-type"))))
                .containsExactly("blocked    Orders  id o-1 (mapping.wrong-type)");
    }

    @Test
    void aMergedRecordNamesTheOther() {
        var merged = new RecordChange(
                ChangeKind.MERGE,
                ORDERS,
                id("o-1"),
                Optional.empty(),
                Optional.of(id("o-2")),
                List.of(attribute("deleted", What.ADDED)),
                0,
                Optional.empty());
        assertThat(plain(merged)).containsExactly("merge      Orders  id o-1 into id o-2", "    + deleted");
    }

    @Test
    void whatSteersATerminalIsNotPrinted() {
        var evil = change(
                ChangeKind.CREATE,
                id("o\\u001b[2J"),
                Optional.empty(),
                attribute("a\u001b[31m\nb", What.ADDED),
                valued("c", What.CHANGED, "{\"S\":\"\u009b31m\"}", "{\"S\":\"ok\"}"));
        assertThat(plain(evil)).noneMatch(line -> line.matches("(?s).*\\p{Cntrl}.*") || line.contains("\u009b"));
    }

    @Test
    void coloursAreShownOnlyWhereTheyAreWanted() {
        var change = change(ChangeKind.CREATE, id("o-1"), Optional.empty(), attribute("tier", What.ADDED));
        assertThat(new ChangesText(true).lines(change, Optional.empty()))
                .containsExactly("\u001b[32mcreate     Orders  id o-1\u001b[0m", "    \u001b[32m+ tier\u001b[0m");
        assertThat(Colour.areWanted(Map.of())).isTrue();
        assertThat(Colour.areWanted(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Colour.areWanted(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Colour.areWanted(Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void onlyKindsThatOccurHaveAColumn() {
        var tables = new TreeMap<TableName, Map<ChangeKind, Long>>();
        tables.put(ORDERS, new EnumMap<>(Map.of(ChangeKind.CHANGE, 1_200L, ChangeKind.LEAVE_OUT, 1L)));
        tables.put(new TableName("Users"), Map.of(ChangeKind.CHANGE, 3L));
        assertThat(ChangesText.counts(tables))
                .containsExactly("table   change  leave out", "Orders   1,200          1", "Users        3          0");
    }
}
