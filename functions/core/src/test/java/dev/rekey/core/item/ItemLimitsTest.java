package dev.rekey.core.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.LimitViolation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemLimitsTest {
    private static final TableShape TABLE = new TableShape(
            new PhysicalTable("t"),
            "000000000000",
            "eu-west-1",
            new KeyAttribute("id", KeyType.S),
            Optional.of(new KeyAttribute("at", KeyType.N)),
            Map.of("byMail", List.of(new KeyAttribute("mail", KeyType.S))));

    private static Map<String, AttributeValue> item(String name, AttributeValue value) {
        var item = new HashMap<>(Map.of("id", AttributeValue.fromS("a"), "at", AttributeValue.fromN("1")));
        item.put(name, value);
        return item;
    }

    private static Optional<Kind> kind(String name, AttributeValue value) {
        return ItemLimits.check(item(name, value), TABLE).map(LimitViolation::kind);
    }

    private static AttributeValue text(int bytes) {
        return AttributeValue.fromS("x".repeat(bytes));
    }

    @Test
    void anItemWithinTheLimitsPasses() {
        assertThat(kind("id", text(2048))).isEmpty();
        assertThat(kind("mail", text(1))).isEmpty();
        assertThat(kind("note", AttributeValue.fromS(""))).isEmpty();
    }

    @Test
    void keysHaveTheTypeOfTheTable() {
        assertThat(kind("id", AttributeValue.fromN("1"))).contains(Kind.KEY_TYPE);
        assertThat(kind("at", AttributeValue.fromS("1"))).contains(Kind.KEY_TYPE);
        assertThat(kind("id", AttributeValue.fromS(""))).contains(Kind.KEY_TYPE);
        assertThat(ItemLimits.check(Map.of("id", text(1)), TABLE).map(LimitViolation::attribute))
                .contains("at");
    }

    @Test
    void keysAreMeasuredInBytesOfUtf8() {
        assertThat(kind("id", text(2049))).contains(Kind.KEY_TOO_LONG);
        assertThat(kind("id", AttributeValue.fromS("é".repeat(1025)))).contains(Kind.KEY_TOO_LONG);
    }

    @Test
    void indexKeysMayBeAbsentButNotEmptyOrOfAnotherType() {
        assertThat(kind("mail", AttributeValue.fromS(""))).contains(Kind.INDEX_KEY);
        assertThat(kind("mail", AttributeValue.fromNul(true))).contains(Kind.INDEX_KEY);
        assertThat(kind("mail", text(2049))).contains(Kind.INDEX_KEY);
    }

    @Test
    void anItemHasAtMost400KilobytesWithItsNames() {
        var others = ItemSize.bytes(item("x", AttributeValue.fromS("")));
        assertThat(kind("x", text(409_600 - others))).isEmpty();
        assertThat(kind("x", text(409_600 - others + 1))).contains(Kind.ITEM_TOO_LARGE);
    }

    @Test
    void nestingHasThirtyTwoLevelsOfWhichTheItemIsTheFirst() {
        var nested = AttributeValue.fromS("");
        for (var level = 1; level < 32; level++) {
            nested = AttributeValue.fromL(List.of(nested));
        }
        assertThat(kind("x", nested)).isEmpty();
        assertThat(kind("x", AttributeValue.fromM(Map.of("a", nested)))).contains(Kind.NESTING);
    }

    @ParameterizedTest
    @CsvSource({
        "0,1",
        "7,2",
        "-7,3",
        "100,2",
        "12345,4",
        "0.0012,2",
        "1E10,2",
        "99999999999999999999999999999999999999,20"
    })
    void numbersTakeOneByteForTwoSignificantDigits(String number, int bytes) {
        assertThat(ItemSize.bytes(AttributeValue.fromN(number))).isEqualTo(bytes);
    }

    @Test
    void sizesFollowTheDocumentedRule() {
        var item = Map.of(
                "é", AttributeValue.fromS("漢😀"), // 2 + 7
                "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[5])), // 1 + 5
                "o", AttributeValue.fromBool(true), // 1 + 1
                "n", AttributeValue.fromNul(true), // 1 + 1
                "l", AttributeValue.fromL(List.of(AttributeValue.fromS("ab"))), // 1 + 3 + 1 + 2
                "m", AttributeValue.fromM(Map.of("k", AttributeValue.fromN("1"))), // 1 + 3 + 1 + 1 + 2
                "s", AttributeValue.fromSs(List.of("a", "bc"))); // 1 + 3
        assertThat(ItemSize.bytes(item)).isEqualTo(9 + 6 + 2 + 2 + 7 + 8 + 4);
    }
}
