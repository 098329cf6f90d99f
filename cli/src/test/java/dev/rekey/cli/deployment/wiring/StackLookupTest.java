package dev.rekey.cli.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.StoreException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;

/** Whoever looks in the wrong account or region must see which one it was. */
final class StackLookupTest {
    private static final class WithoutStacks implements CloudFormationClient {
        @Override
        public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
            throw CloudFormationException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorMessage("Stack with id rekey does not exist")
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "cloudformation";
        }

        @Override
        public void close() {}
    }

    @Test
    void aStackThatIsNotFoundIsNamedWithAccountAndRegion() {
        var place = new StackLocation.Aws(Optional.empty(), Optional.empty(), "rekey");
        var lookup = new StackLookup(
                new WithoutStacks(),
                new Faults(place, Optional.empty()),
                "https://cloudformation.eu-west-1.amazonaws.com",
                () -> "account 111122223333, region eu-west-1");
        assertThatThrownBy(() -> lookup.find(place))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.getMessage())
                                .isEqualTo(
                                        "Cannot find the stack rekey in account 111122223333, region eu-west-1: there is no such stack."
                                                + " Nothing was started. Deploy it, check --stack, --region and --profile, or use --local."));
    }
}
