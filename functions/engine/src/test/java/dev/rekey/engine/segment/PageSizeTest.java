package dev.rekey.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many records a page has. */
final class PageSizeTest {
    private static final Limits WRITES = new Limits(Optional.empty(), Optional.of(200));

    private final SimulatedTime time = new SimulatedTime();
    private final Invocation invocation =
            new Invocation("w", time.instant().plus(Duration.ofMinutes(1)), time, time, new Random(1));
    private final Pacing pacing = new Pacing(
            invocation,
            new ActiveWorkers(
                    new Documents(new InMemoryObjects(), invocation.backoff()),
                    new RunFolder(new RunId("20260102T030405678Z-0123abcd")),
                    List.of(),
                    1));

    @Test
    void withoutLimitsItHasAsManyAsThereAre() {
        pacing.within(Limits.NONE);

        assertThat(pacing.pageRecords()).isZero();
    }

    @Test
    void itGrowsWhereAStageDoesNotDoWhatIsLimited() {
        var sizes = IntStream.range(0, 12).map(page -> {
            pacing.within(WRITES);
            return pacing.pageRecords();
        });

        assertThat(sizes).startsWith(1, 4, 16, 64, 256).endsWith(65_536, 100_000, 100_000, 100_000);
    }
}
