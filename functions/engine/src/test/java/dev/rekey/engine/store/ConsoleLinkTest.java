package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleLinkTest {
    @ParameterizedTest
    @CsvSource({
        "aws, eu-central-1, eu-central-1.console.aws.amazon.com",
        "aws-cn, cn-north-1, cn-north-1.console.amazonaws.cn",
        "aws-us-gov, us-gov-west-1, us-gov-west-1.console.amazonaws-us-gov.com",
        "aws-eusc, eusc-de-east-1, eusc-de-east-1.console.amazonaws-eusc.eu"
    })
    void everyPartitionHasAConsole(String partition, String region, String host) {
        var execution = "arn:" + partition + ":states:" + region + ":111122223333:execution:rekey-migration:nightly";

        assertThat(ConsoleLink.of(execution))
                .contains("https://" + host + "/states/home?region=" + region + "#/v2/executions/details/" + execution);
    }

    @Test
    void theLocalStackHasNone() {
        assertThat(ConsoleLink.of("arn:aws:states:us-east-1:000000000000:execution:m:x"))
                .isEmpty();
    }

    /** No link is better than one that leads to somebody else's machine. */
    @ParameterizedTest
    @ValueSource(strings = {"arn:aws-iso:states:us-iso-east-1:111122223333:execution:m:x", "arn:execution", ""})
    void wherePeopleDoNotKnowTheAddressThereIsNone(String execution) {
        assertThat(ConsoleLink.of(execution)).isEmpty();
    }
}
