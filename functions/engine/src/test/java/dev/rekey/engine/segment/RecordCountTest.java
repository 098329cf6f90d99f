package dev.rekey.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class RecordCountTest {
    private static final TableShape SHAPE = new TableShape(
            new PhysicalTable("t"), "0", "local", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of());

    private static SegmentStatistics sizes(long... sizes) {
        var count = new RecordCount();
        for (var size : sizes) {
            count.target(Map.of("id", AttributeValue.fromS("x")), size, SHAPE);
        }
        return count.statistics();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void quantilesOfAnyPartsTogetherAreNearTheExactOnes(long seed) {
        var random = new Random(seed);
        var sizes = random.longs(3_000, 0, 1L << (4 + random.nextInt(15))).toArray();
        var all = SegmentStatistics.NOTHING;
        for (int from = 0; from < sizes.length; from += 500) {
            all = all.plus(sizes(Arrays.copyOfRange(sizes, from, from + 500)));
        }
        var found = all.targetSizes().sizes().orElseThrow();
        Arrays.sort(sizes);
        assertThat(found.min()).as("seed %d", seed).isEqualTo(sizes[0]);
        assertThat(found.max()).as("seed %d", seed).isEqualTo(sizes[2_999]);
        assertNear(found.median(), sizes[1_499], seed);
        assertNear(found.p99(), sizes[2_969], seed);
    }

    private static void assertNear(long found, long exact, long seed) {
        assertThat(found).as("seed %d", seed).isBetween(exact, (long) Math.ceil(exact * 1.016));
    }

    @Test
    void oneRecordHasOneSize() {
        assertThat(sizes(409_600).targetSizes().sizes()).contains(new Sizes(409_600, 409_600, 409_600, 409_600));
        assertThat(SegmentStatistics.NOTHING.targetSizes().sizes()).isEmpty();
    }

    @Test
    void attributesBeyondTheFirstAreCountedTogether() {
        var one = new RecordCount();
        IntStream.range(0, 310).forEach(i -> one.attributes(Map.of("a" + i, AttributeValue.fromS("x"))));
        assertThat(one.statistics().attributes()).hasSize(SegmentStatistics.MOST_NAMES);
        assertThat(one.statistics().leftOut()).isEqualTo(10);
        var other = new RecordCount();
        other.attributes(Map.of("b", AttributeValue.fromN("1")));
        var both = one.statistics().plus(other.statistics());
        assertThat(both.attributes()).hasSize(SegmentStatistics.MOST_NAMES);
        assertThat(both.leftOut()).isEqualTo(11);
    }

    @Test
    void anIndexTakesWhatItHoldsOfTheRecordsThatAreInIt() {
        var owner = new KeyAttribute("owner", KeyType.S);
        var shape = new TableShape(
                        new PhysicalTable("t"),
                        "0",
                        "local",
                        new KeyAttribute("id", KeyType.S),
                        Optional.empty(),
                        Map.of("all", List.of(owner), "keys", List.of(owner), "some", List.of(owner)))
                .projecting(Map.of("keys", List.of(), "some", List.of("half")));
        var record = Map.of(
                "id", AttributeValue.fromS("x"),
                "owner", AttributeValue.fromS("y"),
                "half", AttributeValue.fromS("z".repeat(1_500)),
                "rest", AttributeValue.fromS("z".repeat(1_500)));
        assertThat(Units.indexes(record, shape)).isEqualTo(3 + 1 + 2);
        assertThat(Units.indexes(Map.of("id", AttributeValue.fromS("x")), shape))
                .isZero();
    }
}
