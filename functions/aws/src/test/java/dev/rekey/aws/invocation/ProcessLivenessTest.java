package dev.rekey.aws.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProcessLivenessTest {
    private final ProcessLiveness liveness = new ProcessLiveness();

    private static String name(ProcessHandle process, long laterMillis) {
        long start = process.info().startInstant().orElseThrow().toEpochMilli();
        return ProcessLiveness.name("request-1", process.pid() + "/" + (start + laterMillis));
    }

    @Test
    void thisProcessLives() {
        var self = ProcessLiveness.thisProcess().orElseThrow();
        assertThat(liveness.isDead(ProcessLiveness.name("request-1", self))).isFalse();
    }

    @Test
    void aProcessIsDeadOnceItHasEnded() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Reads options from its standard input, so that it lives until that is closed.
        var process = new ProcessBuilder(java, "@/dev/stdin").start();
        var owner = name(process.toHandle(), 0);
        assertThat(liveness.isDead(owner)).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(liveness.isDead(owner)).isTrue();
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotTheOwner() {
        assertThat(liveness.isDead(name(ProcessHandle.current(), -60_000))).isTrue();
    }

    @Test
    void ofAnOwnerThatIsNoProcessNothingIsKnown() {
        assertThat(liveness.isDead("27c3a349-9e89-9641-afc5-99026cfd4d02")).isFalse();
        assertThat(liveness.isDead("request-1@somewhere/else")).isFalse();
    }
}
