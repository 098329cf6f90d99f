package dev.rekey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
    private static final Endpoints ENDPOINTS = new Endpoints(
            new Endpoints.Addresses(
                    URI.create("http://127.0.0.1:8000"),
                    URI.create("http://127.0.0.1:9090"),
                    URI.create("http://127.0.0.1:8083"),
                    URI.create("http://127.0.0.1:3001")),
            new StackOptions.Names("us-east-1", "000000000000", "rekey"),
            "arn:aws:states:us-east-1:000000000000:stateMachine:rekey-migration");

    @TempDir
    Path data;

    @Test
    void whatALivingProcessPublishedIsJoined() throws IOException {
        StackFile.in(data).publish(ENDPOINTS, ProcessHandle.current());
        assertThat(Stack.join(data)).contains(ENDPOINTS);
        StackFile.in(data).remove();
        assertThat(Stack.join(data)).isEmpty();
    }

    @Test
    void aProcessWithTheSameNumberThatStartedAtAnotherTimeIsAnother() throws IOException {
        StackFile.in(data).publish(ENDPOINTS, ProcessHandle.current());
        Path file = StackFile.in(data).path();
        String started =
                ProcessHandle.current().info().startInstant().orElseThrow().toString();
        Files.writeString(file, Files.readString(file).replace(started, "2020-01-01T00:00:00Z"));
        assertThat(Stack.join(data)).isEmpty();
    }

    @Test
    void aFileLeftByADeadProcessIsIgnored() throws IOException {
        StackFile.in(data).publish(ENDPOINTS, ProcessHandle.current());
        Path file = StackFile.in(data).path();
        String pid = "\"pid\" : " + ProcessHandle.current().pid();
        assertThat(Files.readString(file)).contains(pid);
        Files.writeString(file, Files.readString(file).replace(pid, "\"pid\" : " + Integer.MAX_VALUE));
        assertThat(Stack.join(data)).isEmpty();
    }

    @Test
    void aFileThatIsNoJsonIsReported() throws IOException {
        Files.writeString(StackFile.in(data).path(), "{");
        assertThatThrownBy(() -> Stack.join(data))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Remove the file if no stack runs.");
    }

    @Test
    void theExportsPointAllClientsAtTheStack() {
        assertThat(ENDPOINTS.exports())
                .containsExactly(
                        "export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000",
                        "export AWS_ENDPOINT_URL_S3=http://127.0.0.1:9090",
                        "export AWS_ENDPOINT_URL_SFN=http://127.0.0.1:8083",
                        "export AWS_ENDPOINT_URL_LAMBDA=http://127.0.0.1:3001",
                        "export AWS_REGION=us-east-1",
                        "export AWS_DEFAULT_REGION=us-east-1",
                        "export AWS_ACCESS_KEY_ID=local",
                        "export AWS_SECRET_ACCESS_KEY=local",
                        "export AWS_REQUEST_CHECKSUM_CALCULATION=when_required",
                        "export AWS_RESPONSE_CHECKSUM_VALIDATION=when_required");
        assertThat(ENDPOINTS.functionEnvironment())
                .containsEntry("REKEY_BUCKET", "rekey")
                .containsEntry("REKEY_STATE_MACHINE_ARN", ENDPOINTS.stateMachineArn())
                .containsAllEntriesOf(ENDPOINTS.clientEnvironment());
    }
}
