package dev.rekey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void theStandardPorts() {
        Ports ports = Ports.standard();
        assertThat(ports.of(Service.DYNAMODB)).isEqualTo(8000);
        assertThat(ports.of(Service.S3)).isEqualTo(9090);
        assertThat(ports.of(Service.STEP_FUNCTIONS)).isEqualTo(8083);
        assertThat(ports.of(Service.LAMBDA)).isEqualTo(3001);
    }

    @Test
    void aTakenPortIsNamedWithTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Ports ports = Ports.free().with(Service.S3, taken.getLocalPort());
            assertThatThrownBy(ports::check)
                    .isInstanceOfSatisfying(
                            StackException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(StackException.Kind.PORT_TAKEN))
                    .hasMessageStartingWith("Cannot start S3 on port " + taken.getLocalPort() + ": ")
                    .hasMessageContaining("Nothing was started.")
                    .hasMessageContaining("--s3-port (0 chooses a free port)");
        }
    }

    @Test
    void onePortForTwoServicesIsFoundToo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        Ports ports = Ports.free().with(Service.S3, free).with(Service.LAMBDA, free);
        assertThatThrownBy(ports::check).hasMessageContaining("Lambda on port " + free);
    }

    @Test
    void freePortsAreNeverTaken() {
        assertThatCode(Ports.free()::check).doesNotThrowAnyException();
    }

    @Test
    void everyServiceHasAPortInRange() {
        assertThatThrownBy(() -> new Ports(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ports.free().with(Service.S3, 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }
}
