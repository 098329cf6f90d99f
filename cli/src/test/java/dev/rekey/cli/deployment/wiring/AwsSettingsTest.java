package dev.rekey.cli.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {
    private static final StackLocation.Aws PLACE = new StackLocation.Aws(Optional.empty(), Optional.empty(), "rekey");

    private static AwsSettings settings(Optional<String> region, Optional<String> profile) {
        return new AwsSettings(region, profile, new TreeSet<>(List.of("prod", "dev")));
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        assertThatThrownBy(() ->
                        settings(Optional.empty(), Optional.of("prd")).check(PLACE, Optional.of("AWS_X=http://here")))
                .hasMessage(
                        "Cannot find the stack rekey: no region is set, and the profile does not exist: \"prd\". Nothing was started. Use --region or set AWS_REGION. Use one of the"
                                + " profiles: dev, prod. For the local stack that AWS_X=http://here names, use"
                                + " --local.")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                .returns(ExitCode.REFUSED, CommandFailure::code)
                .returns(
                        "NotConfigured",
                        failure -> failure.document().get("error").asText());
    }

    @Test
    void aRegionAndAKnownProfileAreEnough() {
        assertThatCode(() ->
                        settings(Optional.of("eu-west-1"), Optional.of("dev")).check(PLACE, Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        settings(Optional.of("eu-west-1"), Optional.empty()).check(PLACE, Optional.empty()))
                .doesNotThrowAnyException();
    }
}
