package dev.rekey.cli.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that somebody has to log in to, and nobody has. */
class LoginTest {
    private static final String CONFIGURATION = "aws.configFile";
    private static final String PROFILES = """
        [profile session]
        sso_session = rekey-test
        sso_account_id = 111122223333
        sso_role_name = Developer
        region = eu-central-1
        [sso-session rekey-test]
        sso_start_url = https://rekey.example/start
        sso_region = eu-central-1
        [profile older]
        sso_start_url = https://rekey.example/start
        sso_region = eu-central-1
        sso_account_id = 111122223333
        sso_role_name = Developer
        region = eu-central-1
        [profile console]
        login_session = arn:aws:iam::111122223333:user/rekey-test
        region = eu-central-1
        """;
    private static final Side SIDE = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), false);

    private final AwsDeployments deployments = new AwsDeployments(Map.of(), new SystemTime(), new Random(1));

    @BeforeEach
    void configure(@TempDir Path directory) throws IOException {
        System.setProperty(
                CONFIGURATION,
                Files.writeString(directory.resolve("config"), PROFILES).toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "older", "console"})
    void saySoAndHowToLogIn(String profile) {
        assertThatThrownBy(() -> deployments.open(place(profile)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no credentials were found (Unable to load credentials of the profile " + profile)
                .hasMessageContaining("Log in (aws sso login --profile " + profile)
                .message()
                .doesNotContain("class path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "older", "console"})
    void sayItAtOnceWhereTablesAreAskedFor(String profile) {
        try (var account = deployments.account(place(profile))) {
            assertThatThrownBy(() -> account.tableNames(SIDE))
                    .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                    .returns(StoreException.Kind.DENIED, StoreException::kind);
        }
    }

    private static StackLocation.Aws place(String profile) {
        return new StackLocation.Aws(Optional.of(profile), Optional.empty(), "rekey");
    }
}
