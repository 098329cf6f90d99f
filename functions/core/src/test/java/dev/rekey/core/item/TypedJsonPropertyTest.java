package dev.rekey.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TypedJsonPropertyTest {
    @Test
    void everyItemComesBackAsItWas() {
        var seed = 20_250_101L;
        var items = new RandomItems(new Random(seed));
        for (var i = 0; i < 3_000; i++) {
            var item = items.item();
            assertThat(TypedJson.parse(TypedJson.text(item)))
                    .as("seed %d, item %d", seed, i)
                    .isEqualTo(item);
        }
    }

    @Test
    void longNumbersSetsBinariesAndEmptyValuesSurvive() {
        var item = Map.of(
                "number", AttributeValue.fromN("99999999999999999999999999999999999999"),
                "text", AttributeValue.fromS(""),
                "binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
                "set", AttributeValue.fromNs(java.util.List.of("1.5", "-0.00000000000000000000000000000000000001")),
                "null", AttributeValue.fromNul(true));
        assertThat(TypedJson.parse(TypedJson.text(item))).isEqualTo(item);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":{\"X\":\"\"}}",
                "{\"a\":{\"S\":1}}",
                "{\"a\":{\"N\":1}}",
                "{\"a\":{\"B\":\"?\"}}",
                "{\"a\":{\"S\":\"\",\"N\":\"1\"}}",
                "{\"a\":{\"SS\":[1]}}",
                "{\"a\":{\"S\":\"\"},\"a\":{\"S\":\"\"}}",
                "{} {}",
                "{\"a\":{\"S\":\"\"}"
            })
    void whatIsNotDynamoDbJsonIsRefused(String text) {
        assertThatThrownBy(() -> TypedJson.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
