package dev.rekey.aws.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class SystemTimeTest {
    private final SystemTime time = new SystemTime();

    @Test
    void goesForward() {
        var before = time.instant();
        time.sleep(Duration.ofMillis(2));
        assertThat(time.instant()).isAfter(before);
    }

    @Test
    void wakesWhenInterruptedAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.sleep(Duration.ofHours(1))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
