package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A lid is closed, a sandbox frozen: the process stands still in the middle of an expression and goes on. */
final class StoppedProcessTest {
    private static final long STOPPED_MILLIS = 2_600;

    @Test
    @Timeout(60)
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "signals")
    void anExpressionSurvivesThatItsProcessIsStopped() throws IOException, InterruptedException {
        var process = MappingInManyProcessesTest.start(Stopped.class, List.of());
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo(Stopped.IN_THE_MIDDLE);
            signal("-STOP", process);
            assertThat(process.waitFor(STOPPED_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
            signal("-CONT", process);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertThat(out.readLine()).isEqualTo("1000");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
