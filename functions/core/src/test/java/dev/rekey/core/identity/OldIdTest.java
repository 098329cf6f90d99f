package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class OldIdTest {
    @ParameterizedTest
    @CsvSource({"1,1.0", "100,1E2", "0,-0", "0.1,0.10", "7,007"})
    void numbersAreTheSameIdWhateverTheirTextAndPlace(String one, String other) {
        var id = new OldId(KeyType.N, one);
        assertThat(OldId.read(KeyType.N, AttributeValue.fromN(other))).isEqualTo(id);
        assertThat(OldId.read(KeyType.N, AttributeValue.fromS(other))).isEqualTo(id);
    }

    @Test
    void stringsAndBinariesAreTakenAsTheyAre() {
        assertThat(OldId.ofText(KeyType.S, "\u00e9")).isNotEqualTo(OldId.ofText(KeyType.S, "e\u0301"));
        assertThat(OldId.ofText(KeyType.S, "1.0")).isNotEqualTo(OldId.ofText(KeyType.S, "1"));
        var bytes = SdkBytes.fromByteArray(new byte[] {0, -1});
        assertThat(OldId.ofBinary(KeyType.B, bytes))
                .isInstanceOfSatisfying(
                        OldId.class, id -> assertThat(id.value()).isEqualTo(AttributeValue.fromB(bytes)));
    }

    @ParameterizedTest
    @EnumSource
    void nullAndEmptyAreNoIds(KeyType type) {
        assertThat(OldId.read(type, AttributeValue.fromNul(true))).isEqualTo(new IdReading.NoId());
        assertThat(OldId.read(type, AttributeValue.fromS(""))).isEqualTo(new IdReading.NoId());
        assertThat(OldId.ofBinary(KeyType.B, SdkBytes.fromByteArray(new byte[0])))
                .isEqualTo(new IdReading.NoId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", " 1", "٣", "1e999999999"})
    void aStringThatIsNoNumberIsNoNumericId(String text) {
        assertThat(OldId.ofText(KeyType.N, text)).isInstanceOf(IdReading.Unusable.class);
    }

    @Test
    void anIdIsNeverGuessedAcrossTypes() {
        var binary = AttributeValue.fromB(SdkBytes.fromUtf8String("1"));
        assertThat(OldId.read(KeyType.S, AttributeValue.fromN("1"))).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.B, AttributeValue.fromN("1"))).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.B, AttributeValue.fromS("MQ=="))).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.S, binary)).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.N, binary)).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.S, AttributeValue.fromBool(true))).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.S, AttributeValue.fromL(List.of()))).isInstanceOf(IdReading.Unusable.class);
        assertThat(OldId.read(KeyType.S, AttributeValue.fromM(Map.of()))).isInstanceOf(IdReading.Unusable.class);
    }

    @Test
    void anUnusableValueHasNoNewId() {
        var derivation = Derivation.of(new Family(new FamilyName("f"), new IdentityRule.Keep(), KeyType.S));
        assertThatThrownBy(() -> derivation.newId(AttributeValue.fromN("1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> derivation.newId(AttributeValue.fromS("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
