package dev.rekey.interpreter.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {
    @ParameterizedTest
    @CsvSource({
        "eu-central-1, aws",
        "us-gov-west-1, aws-us-gov",
        "cn-north-1, aws-cn",
        "eusc-de-east-1, aws-eusc",
        "local, aws"
    })
    void aRegionIsInOnePartition(String region, String partition) {
        assertThat(Partition.of(region).name()).isEqualTo(partition);
        assertThat(new Settings(region, "000000000000", "").partition().name()).isEqualTo(partition);
    }

    @Test
    void resourcesOfOtherPartitionsAreForeign() {
        var gov = Partition.of("us-gov-east-1");
        assertThat(gov.isForeign("arn:aws:states:::lambda:invoke")).isTrue();
        assertThat(gov.isForeign("arn:aws-us-gov:states:::lambda:invoke")).isFalse();
        assertThat(gov.isForeign("rekey-migrate")).isFalse();
        assertThat(Partition.plain("arn:aws-us-gov:states:::lambda:invoke")).isEqualTo(TaskIntegrations.LAMBDA_INVOKE);
    }
}
