package dev.rekey.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RecordDigestTest {
    private static Map<String, AttributeValue> of(AttributeValue value) {
        return Map.of("a", value);
    }

    /** Computed with sha256sum over the bytes that the documented form prescribes. */
    @ParameterizedTest
    @CsvSource({
        "{},df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119",
        "'{\"id\":{\"S\":\"é\"},\"n\":{\"N\":\"1.50\"}}',7a79b2578c90b3fdd5aa6bf7e56e36e22f21ab53582611b9a11e9da6ce1e6042"
    })
    void theDocumentedFormIsWhatIsHashed(String item, String digest) {
        assertThat(RecordDigest.of(TypedJson.parse(item)).hex()).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource({"1.500,1.5", "1E2,100", "-0,0", "0.10,1e-1", "1e125,10E124"})
    void numbersAreComparedByValue(String one, String other) {
        assertSame(AttributeValue.fromN(one), AttributeValue.fromN(other));
        assertSame(AttributeValue.fromNs(List.of(one)), AttributeValue.fromNs(List.of(other)));
    }

    @Test
    void numbersThatDoublesConfuseDiffer() {
        assertDiffer(AttributeValue.fromN("9007199254740993"), AttributeValue.fromN("9007199254740992"));
    }

    @Test
    void setsHaveNoOrderAndListsHave() {
        assertSame(AttributeValue.fromSs(List.of("a", "b")), AttributeValue.fromSs(List.of("b", "a")));
        var a = AttributeValue.fromS("a");
        var b = AttributeValue.fromS("b");
        assertDiffer(AttributeValue.fromL(List.of(a, b)), AttributeValue.fromL(List.of(b, a)));
    }

    @Test
    void typesTellValuesApart() {
        assertDiffer(AttributeValue.fromS("1"), AttributeValue.fromN("1"));
        assertDiffer(AttributeValue.fromS("a"), AttributeValue.fromB(SdkBytes.fromUtf8String("a")));
        assertDiffer(AttributeValue.fromSs(List.of("a")), AttributeValue.fromL(List.of(AttributeValue.fromS("a"))));
        assertDiffer(AttributeValue.fromBool(true), AttributeValue.fromBool(false));
        assertDiffer(AttributeValue.fromNul(true), AttributeValue.fromBool(false));
        assertDiffer(AttributeValue.fromS(""), AttributeValue.fromNul(true));
    }

    @Test
    void charactersAreNotNormalised() {
        assertDiffer(AttributeValue.fromS("\u00e9"), AttributeValue.fromS("e\u0301"));
    }

    @Test
    void randomItemsDigestAlikeWhateverTheirOrderAndUnlikeWhenChanged() {
        var seed = 7L;
        var random = new Random(seed);
        var items = new RandomItems(random);
        for (var i = 0; i < 1_000; i++) {
            var item = items.item();
            var names = new java.util.ArrayList<>(item.keySet());
            Collections.shuffle(names, random);
            var shuffled = new LinkedHashMap<String, AttributeValue>();
            names.forEach(name -> shuffled.put(name, item.get(name)));
            var more = new LinkedHashMap<>(item);
            more.put("another", items.value());

            assertThat(RecordDigest.of(shuffled))
                    .as("seed %d, item %d", seed, i)
                    .isEqualTo(RecordDigest.of(item));
            assertThat(RecordDigest.of(more)).as("seed %d, item %d", seed, i).isNotEqualTo(RecordDigest.of(item));
            assertThat(SameContent.same(shuffled, item)).isTrue();
            assertThat(SameContent.same(more, item)).isFalse();
        }
    }

    @Test
    void aTableDigestDoesNotDependOnTheOrder() {
        var one = RecordDigest.of(of(AttributeValue.fromS("one")));
        var two = RecordDigest.of(of(AttributeValue.fromS("two")));
        var digest = TableDigest.EMPTY.plus(one).plus(two);
        assertThat(digest).isEqualTo(TableDigest.EMPTY.plus(two).plus(TableDigest.EMPTY.plus(one)));
        assertThat(digest).isNotEqualTo(TableDigest.EMPTY.plus(one).plus(one));
        assertThat(digest.count()).isEqualTo(2);
    }

    @Test
    void aTableDigestStaysBelowTwoToThe256() {
        var largest = Digest.ofHex("f".repeat(64));
        var digest = TableDigest.EMPTY.plus(largest).plus(largest);
        assertThat(digest.sum()).isEqualTo(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.TWO));
        assertThatThrownBy(() -> new TableDigest(BigInteger.ONE.shiftLeft(256), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDigestIsThirtyTwoBytes() {
        assertThat(Digest.ofHex("ab".repeat(32)).hex()).isEqualTo("ab".repeat(32));
        assertThatThrownBy(() -> Digest.ofHex("ab")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSame(AttributeValue one, AttributeValue other) {
        assertThat(RecordDigest.of(of(one))).isEqualTo(RecordDigest.of(of(other)));
        assertThat(SameContent.same(of(one), of(other))).isTrue();
    }

    private static void assertDiffer(AttributeValue one, AttributeValue other) {
        assertThat(RecordDigest.of(of(one))).isNotEqualTo(RecordDigest.of(of(other)));
        assertThat(SameContent.same(of(one), of(other))).isFalse();
    }
}
