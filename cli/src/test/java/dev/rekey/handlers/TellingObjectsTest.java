package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that tries again for minutes says why. */
final class TellingObjectsTest {
    private static final ObjectKey KEY = new ObjectKey("k");

    private final InMemoryObjects bucket = new InMemoryObjects();
    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final TellingObjects objects = new TellingObjects(bucket, () -> now, log::add);

    private void refuse(boolean whether) {
        bucket.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                if (whether && !call.name().equals("get")) {
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "Cannot write k: it is full.");
                }
            }

            @Override
            public void after(Call call) {}
        });
    }

    private void failsAfter(int seconds) {
        now = now.plusSeconds(seconds);
        assertThatThrownBy(() -> objects.put(KEY, new byte[0])).isInstanceOf(StoreException.class);
    }

    @Test
    void tellsOnceInHalfAMinuteWhyWritesFail() {
        refuse(true);
        failsAfter(0);
        failsAfter(29);
        assertThat(log).isEmpty();
        failsAfter(1);
        assertThat(log).containsExactly("S3 refuses writes. Cannot write k: it is full.");
        failsAfter(29);
        assertThat(log).hasSize(1);
        failsAfter(1);
        assertThat(log).hasSize(2);
    }

    @Test
    void aWriteThatSucceedsBeginsAnew() {
        refuse(true);
        failsAfter(0);
        refuse(false);
        objects.put(KEY, new byte[0]);
        refuse(true);
        failsAfter(40);
        failsAfter(20);
        assertThat(log).isEmpty();
    }
}
