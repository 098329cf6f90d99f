package dev.rekey.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class HotKeyDetectorTest {
    private static final TableShape TABLE = new TableShape(
            new PhysicalTable("Events"),
            "000000000000",
            "eu-west-1",
            new KeyAttribute("id", KeyType.S),
            Optional.of(new KeyAttribute("n", KeyType.N)),
            Map.of());

    private static Map<String, AttributeValue> record(String id, int n) {
        return Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN("" + n));
    }

    /** What is known after these records of 10 bytes each. */
    private static HotKeyProgress after(HotKeyProgress before, List<Map<String, AttributeValue>> records) {
        var crossing = HotKeyDetector.of(TABLE, TABLE, before).orElseThrow();
        records.forEach(record -> crossing.met(record, 10, Optional.of(record)));
        return crossing.passage();
    }

    private static List<Map<String, AttributeValue>> hot(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> record("hot", n)).toList();
    }

    private static List<String> keys(HotKeyProgress passage) {
        return passage.cuts().stream().map(HotKeyProgress.Cut::source).toList();
    }

    @Test
    void cutsAfterSoManyBytesWhereverPagesEnd() {
        var whole = after(HotKeyProgress.begun(50), hot(0, 23));
        assertThat(keys(whole))
                .containsExactly(
                        "{\"id\":{\"S\":\"hot\"},\"n\":{\"N\":\"4\"}}",
                        "{\"id\":{\"S\":\"hot\"},\"n\":{\"N\":\"9\"}}",
                        "{\"id\":{\"S\":\"hot\"},\"n\":{\"N\":\"14\"}}",
                        "{\"id\":{\"S\":\"hot\"},\"n\":{\"N\":\"19\"}}");
        var passage = HotKeyProgress.begun(50);
        for (int n = 0; n < 23; n += 3) {
            // As it goes through a checkpoint.
            var key = new ObjectKey("checkpoint");
            passage = Documents.decode(key, Documents.encode(passage), HotKeyProgress.class);
            passage = after(passage, hot(n, Math.min(23, n + 3)));
        }
        assertThat(passage).isEqualTo(whole);
    }

    @Test
    void manySmallKeysAreNotCut() {
        var passage = HotKeyProgress.begun(50);
        for (int id = 0; id < 100; id++) {
            passage = after(passage, List.of(record("id" + id, 1), record("id" + id, 2), record("id" + id, 3)));
        }
        assertThat(passage.cuts()).isEmpty();
    }

    @Test
    void whatDoesNotComeInOrderIsNotCut() {
        var passage = after(HotKeyProgress.begun(50), hot(0, 20));
        assertThat(passage.cuts()).hasSize(4);
        passage = after(passage, List.of(record("hot", 7)));
        assertThat(passage.cuts()).isEmpty();
        passage = after(passage, hot(20, 60));
        assertThat(passage.cuts()).isEmpty();
        passage = after(
                passage, IntStream.range(0, 10).mapToObj(n -> record("next", n)).toList());
        assertThat(passage.cuts()).hasSize(2);
    }

    @Test
    void cutsAreFewHoweverManyTheRecordsAre() {
        var passage = after(HotKeyProgress.begun(10), hot(0, 100_000));
        assertThat(passage.cuts()).hasSizeBetween(HotKeyDetector.MOST_CUTS / 2 - 1, HotKeyDetector.MOST_CUTS);
        assertThat(Ranges.of(TABLE, keys(passage))).hasSameSizeAs(passage.cuts());
        var apart = passage.step() / 10;
        assertThat(apart).isGreaterThan(1_000);
        assertThat(passage.cuts()).allSatisfy(cut -> assertThat(cut.target()).contains(cut.source()));
    }

    /** The figures of {@code docs/internals/performance.md}: 10 GB, of which 70 % have one partition key. */
    @Test
    void noSegmentOfASkewedTableIsManyTimesAsLargeAsOthers() {
        int records = 100_000;
        int hot = 70_000;
        long size = 100_000;
        var crossing = HotKeyDetector.of(TABLE, TABLE, HotKeyProgress.begun(SegmentProbe.BYTES_PER_SEGMENT))
                .orElseThrow();
        hot(0, hot).forEach(record -> crossing.met(record, size, Optional.of(record)));
        long scans = records * size / SegmentProbe.BYTES_PER_SEGMENT + 1;
        assertThat(scans).isEqualTo(199);
        long evenly = (records - hot) / scans;
        assertThat(100.0 * (hot + evenly) / records).isEqualTo(70.2, within(0.05));

        var ends = crossing.passage().cuts().stream()
                .mapToInt(cut ->
                        Integer.parseInt(TypedJson.parse(cut.source()).get("n").n()) + 1)
                .toArray();
        assertThat(scans + ends.length).isEqualTo(268);
        long largest = hot - ends[ends.length - 1] + evenly;
        for (int i = 0; i < ends.length; i++) {
            largest = Math.max(largest, ends[i] - (i == 0 ? 0 : ends[i - 1]));
        }
        assertThat(100.0 * largest / records).isEqualTo(1.0, within(0.05));
    }

    @Test
    void aTableWithoutASortKeyIsNotLookedAt() {
        var plain = new TableShape(
                new PhysicalTable("Plain"),
                "000000000000",
                "eu-west-1",
                new KeyAttribute("id", KeyType.S),
                Optional.empty(),
                Map.of());
        assertThat(HotKeyDetector.of(plain, TABLE, HotKeyProgress.begun(1))).isEmpty();
        assertThat(Ranges.of(plain, List.of("{\"id\":{\"S\":\"a\"}}"))).isEmpty();
    }

    @Test
    void rangesFollowEachOtherAndOnlyLargeKeysHaveAny() {
        var two = List.of(
                "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"100\"}}",
                "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"-9\"}}",
                "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"100\"}}",
                "{\"id\":{\"S\":\"alone\"},\"n\":{\"N\":\"1\"}}");
        var ranges = Ranges.of(TABLE, two);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.getFirst().after()).isEmpty();
        assertThat(ranges.getFirst().until()).isEqualTo(two.get(1));
        assertThat(ranges.getLast().after()).contains(two.get(1));
        assertThat(ranges.getLast().until()).isEqualTo(two.getFirst());
    }

    @Test
    void thereAreNotMoreRangesThanWorkersCanRead() {
        var cuts = IntStream.range(0, 1_500)
                .mapToObj(n -> "{\"id\":{\"S\":\"h%d\"},\"n\":{\"N\":\"%d\"}}".formatted(n % 5 == 0 ? 0 : 1, n))
                .toList();
        // 1,200 of the one are too many; 300 of the other would not be, but the largest come first.
        assertThat(Ranges.of(TABLE, cuts)).isEmpty();
        assertThat(Ranges.of(TABLE, cuts.subList(0, 1_000))).hasSize(Ranges.MOST_RANGES);
    }
}
