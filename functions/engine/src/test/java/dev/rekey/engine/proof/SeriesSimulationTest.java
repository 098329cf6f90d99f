package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many runs of one plan on one world, among everything that can go wrong at once: rolled back whole and in parts between
 * them, and left alone for days. {@code -Dseed=…} tells one seed, {@code -Dseeds=…} so many.
 */
final class SeriesSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 6);

    @Test
    void noSeedOfCopiesBreaksARule() {
        tell(WardSetting::new);
    }

    /** With two that have found a parent created outside of the part of a run, and a merge that only a resumed run carried out. */
    @Test
    void noSeedOfChangesInPlaceBreaksARule() {
        tell(YardSetting::new, 733, 2026);
    }

    /** @param kept seeds that have found something, told as well unless others are asked for */
    private static void tell(Supplier<Setting> setting, long... kept) {
        var one = Long.getLong("seed");
        var from = Long.getLong("from");
        var first = LongStream.range(0, SEEDS).map(seed -> seed + (from == null ? 0 : from));
        var seeds =
                one != null ? LongStream.of(one) : from != null ? first : LongStream.concat(first, LongStream.of(kept));
        var broken = new ConcurrentSkipListMap<Long, Story.Told>();
        seeds.parallel().forEach(seed -> {
            var told = Story.tellSeries(setting.get(), seed, Rules.KEPT);
            if (!told.broken().isEmpty()) {
                broken.put(seed, told);
            }
        });
        assertThat(broken.entrySet().stream()
                        .map(told -> told.getKey() + " " + told.getValue().broken()))
                .as(() -> "seeds, of which -Dseed=N tells one again; the first:%n".formatted()
                        + broken.firstEntry().getValue().trace())
                .isEmpty();
    }
}
