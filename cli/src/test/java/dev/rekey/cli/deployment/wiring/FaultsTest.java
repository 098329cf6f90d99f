package dev.rekey.cli.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class FaultsTest {
    private final Faults aws = new Faults(new StackLocation.Aws(Optional.of("prod"), Optional.empty(), "rekey"));

    @ParameterizedTest
    @CsvSource({
        "ExpiredToken,403,DENIED,the credentials have expired",
        "ExpiredTokenException,400,DENIED,the credentials have expired",
        "AccessDeniedException,400,DENIED,have no permission",
        "AccessDenied,403,DENIED,have no permission",
        "UnrecognizedClientException,400,DENIED,does not recognize these credentials",
        "ThrottlingException,400,THROTTLED,the service throttles requests",
        "InternalFailure,500,UNAVAILABLE,the service failed",
        "ExecutionDoesNotExist,400,INVALID,ExecutionDoesNotExist"
    })
    void anAnswerIsExplained(String code, int status, Kind kind, String words) {
        var failure = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("said the service")
                        .build())
                .build();

        var explained = aws.explain("start execution x", failure);

        assertThat(explained.kind()).isEqualTo(kind);
        assertThat(explained)
                .hasMessageStartingWith("Cannot start execution x: ")
                .hasMessageContaining(words)
                .hasMessageContaining("This command wrote to no table. ");
    }

    @Test
    void thePermissionThatLacksIsNamed() {
        var denied = AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage("User: arn:aws:iam::1:user/a is not authorized to perform: states:StartExecution"
                                + " on resource: arn:aws:states:x")
                        .build())
                .build();

        assertThat(aws.explain("start execution x", denied))
                .hasMessageContaining("Ask for the permission states:StartExecution, or use another --profile");
    }

    @ParameterizedTest
    @CsvSource({
        "Unable to load credentials from any of the providers in the chain,DENIED,no credentials were found",
        "Profile file contained no credentials for profile 'x',DENIED,no credentials were found",
        "Unable to execute HTTP request: Connection refused,UNAVAILABLE,no answer"
    })
    void noAnswerIsExplained(String message, Kind kind, String words) {
        var explained = aws.explain("find the stack rekey", SdkClientException.create(message));

        assertThat(explained.kind()).isEqualTo(kind);
        assertThat(explained).hasMessageContaining(words);
    }

    @Test
    void theNextStepNamesTheProfile() {
        var explained = aws.explain("x", SdkClientException.create("Unable to load credentials"));

        assertThat(explained).hasMessageContaining("aws sso login --profile prod");
    }

    @Test
    void whoHasTheVariablesOfALocalStackIsToldOfLocal() {
        var forgetful = new Faults(
                new StackLocation.Aws(Optional.empty(), Optional.empty(), "rekey"), Optional.of("AWS_X=http://here"));

        assertThat(forgetful.explain("find it", SdkClientException.create("Connection refused")))
                .hasMessageEndingWith("For the local stack that AWS_X=http://here names, use --local.");
    }

    @Test
    void theNextStepOfALocalStackIsLocal() {
        var local = new Faults(new StackLocation.Local(Path.of("data")));

        assertThat(local.explain("x", SdkClientException.create("Connection refused")))
                .hasMessageContaining("Check that the local stack on data is still running");
    }
}
