package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompositeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"'CUST#' 'CUST#…'", "'#' '…#…'", "'u_' 'u_…'"})
    void aShapeIsShownAsTheBeginningOfAValueOrAsASeparatorWithin(String shape, String shown) {
        assertThat(Composite.shown(shape)).isEqualTo(shown);
    }
}
