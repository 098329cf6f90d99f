package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.util.HashMap;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DerivationPropertyTest {
    private static final long SEED = 1_234;

    private static Derivation derivation(KeyType type, int digits) {
        return Derivation.of(new Family(
                new FamilyName("Contacts"), new IdentityRule.Derive("production", OptionalInt.of(digits)), type));
    }

    private static AttributeValue randomId(KeyType type, RandomItems items) {
        return switch (type) {
            case S -> AttributeValue.fromS("s" + items.text());
            case N -> AttributeValue.fromN(items.number());
            case B -> AttributeValue.fromB(items.binary());
        };
    }

    @ParameterizedTest
    @EnumSource
    void differentIdsGetDifferentIdsOfTheSameType(KeyType type) {
        var items = new RandomItems(new Random(SEED));
        var derivation = derivation(type, 38);
        var oldByNew = new HashMap<AttributeValue, OldId>();
        for (var i = 0; i < 20_000; i++) {
            if (OldId.read(type, randomId(type, items)) instanceof OldId id) {
                var now = derivation.newId(id);
                assertThat(now.type()).isEqualTo(id.value().type());
                assertThat(oldByNew.merge(now, id, (first, _) -> first))
                        .as("seed %d, sample %d", SEED, i)
                        .isEqualTo(id);
            }
        }
        assertThat(oldByNew.size()).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource
    void keptIdsStay(KeyType type) {
        var items = new RandomItems(new Random(SEED));
        var keeping = Derivation.of(new Family(new FamilyName("Contacts"), new IdentityRule.Keep(), type));
        for (var i = 0; i < 1_000; i++) {
            if (OldId.read(type, randomId(type, items)) instanceof OldId id) {
                assertThat(keeping.of(id)).isEqualTo(NewId.UNCHANGED);
                assertThat(keeping.newId(id)).isEqualTo(id.value());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 38})
    void newNumbersHaveNoMoreDigitsThanAsked(int digits) {
        var derivation = derivation(KeyType.N, digits);
        for (var i = 0; i < 2_000; i++) {
            assertThat(derivation.newText(new OldId(KeyType.N, Integer.toString(i))))
                    .matches("[1-9][0-9]{0," + (digits - 1) + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 39})
    void numbersNeedDigitsFromOneToThirtyEight(int digits) {
        assertThatThrownBy(() -> derivation(KeyType.N, digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneDerivationServesManyThreads() {
        var derivation = derivation(KeyType.S, 1);
        var found = new ConcurrentHashMap<Integer, String>();
        IntStream.range(0, 20_000)
                .parallel()
                .forEach(i -> found.put(i, derivation.newText(new OldId(KeyType.S, "id-" + i))));
        found.forEach((i, id) ->
                assertThat(id).isEqualTo(PlainDerivation.newId("production", "Contacts", KeyType.S, 1, "id-" + i)));
    }
}
