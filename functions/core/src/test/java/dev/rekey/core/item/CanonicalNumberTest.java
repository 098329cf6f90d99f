package dev.rekey.core.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "0.0,0",
        "007,7",
        "+7,7",
        "1E2,100",
        "100,100",
        "0.10,0.1",
        "1.500,1.5",
        "-1.50,-1.5",
        "1e-3,0.001",
        "999999999999999999,999999999999999999",
        "12345678901234567890123456789012345678,12345678901234567890123456789012345678"
    })
    void oneNumberHasOneText(String text, String canonical) {
        assertThat(CanonicalNumber.of(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "a",
                "0x10",
                "1e",
                "-",
                "NaN",
                "Infinity",
                "٣",
                "1e126",
                "1e-131",
                "1e999999999",
                "1e99999999999999",
                "123456789012345678901234567890123456789"
            })
    void whatDynamoDbCannotHoldIsNoNumber(String text) {
        assertThat(CanonicalNumber.of(text)).isEmpty();
    }
}
