package dev.rekey.engine.store;

import static dev.rekey.engine.store.TestItems.n;
import static dev.rekey.engine.store.TestItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Query;
import dev.rekey.engine.store.Tables.Scan;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every store of tables does with batches, scans and queries. */
public abstract class TablePagesContract extends TableUpdatesContract {
    private static final KeyAttribute AT = new KeyAttribute("at", KeyType.N);

    @Test
    void writesAndReadsBatches() {
        var items = items(25, "a");
        var answer = tables.putAll(table, items);
        assertThat(answer.unprocessed()).isEmpty();
        assertThat(answer.units()).isEqualTo(25);
        var read = tables.read(table, keys(100));
        assertThat(read.items()).containsExactlyInAnyOrderElementsOf(items);
        assertThat(read.unprocessed()).isEmpty();
        assertThat(read.units()).isPositive();
    }

    @Test
    void replacesWholeItems() {
        tables.putAll(table, List.of(Map.of("id", s("0"), "old", s("x"))));
        tables.putAll(table, items(1, "a"));
        assertThat(stored("0")).contains(item("0", "a"));
    }

    @Test
    void deletesInBatchesWhetherOrNotItIsThere() {
        tables.putAll(table, items(20, "a"));
        var some = keys(25).subList(1, 25);
        var answer = tables.deleteAll(table, some);
        assertThat(answer.unprocessed()).isEmpty();
        // DynamoDB Local counts two for what is not there.
        assertThat(answer.units()).isBetween(24.0, 29.0);
        assertThat(scanAll(1, 0)).containsExactly(item("0", "a"));
    }

    @Test
    void refusesBatchesThatAreTooLongOrEmptyOrHoldAKeyTwice() {
        var twice = List.of(item("1", "a"), item("2", "a"), item("1", "b"));
        assertInvalid(() -> tables.putAll(table, twice));
        assertInvalid(() -> tables.putAll(table, items(26, "a")));
        assertInvalid(() -> tables.putAll(table, List.of()));
        assertInvalid(() -> tables.deleteAll(table, List.of(key("1"), key("1"))));
        assertInvalid(() -> tables.deleteAll(table, keys(26)));
        assertInvalid(() -> tables.deleteAll(table, List.of()));
        assertInvalid(() -> tables.read(table, List.of(key("1"), key("1"))));
        assertInvalid(() -> tables.read(table, keys(101)));
        assertInvalid(() -> tables.read(table, List.of()));
        assertThat(scanAll(1, 0)).isEmpty();
    }

    @Test
    void holdsTwoFormsOfANumberForOneKey() {
        var numbered = newTable(Optional.of(AT), Map.of());
        var one = Map.of("id", s("1"), "at", n("1"));
        var same = Map.of("id", s("1"), "at", n("1.0"));
        assertInvalid(() -> tables.putAll(numbered, List.of(one, same)));
        tables.putAll(numbered, List.of(same));
        assertThat(tables.read(numbered, List.of(new Key(one))).items()).containsExactly(one);
    }

    @Test
    void scansEveryItemOnceWhateverTheSegmentsAndLimits() {
        fill(200);
        for (int segments : List.of(1, 3, 16)) {
            for (int limit : List.of(0, 1, 7)) {
                var scanned = scanAll(segments, limit);
                assertThat(scanned).hasSize(200);
                assertThat(new HashSet<>(scanned)).hasSize(200);
            }
        }
    }

    @Test
    void scansAgainInTheSameOrder() {
        fill(100);
        assertThat(scanAll(3, 10)).isEqualTo(scanAll(3, 10));
    }

    @Test
    void endsAPageAtItsLimitAndGoesOnBehindADeletedItem() {
        fill(10);
        var first = tables.scan(new Scan(table, 0, 1, Optional.empty(), 4, true));
        assertThat(first.items()).hasSize(4);
        assertThat(first.units()).isPositive();
        var last = new Key(first.next().orElseThrow().lastEvaluatedKey());
        assertThat(tables.delete(table, last, new Expected.Attributes(Map.of())))
                .isInstanceOf(Tables.WriteOutcome.Done.class);
        var rest = tables.scan(new Scan(table, 0, 1, first.next(), 0, true));
        assertThat(rest.items()).hasSize(6).doesNotContainAnyElementsOf(first.items());
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void endsAPageAtOneMegabyte() {
        for (int i = 0; i < 12; i++) {
            tables.putAll(table, List.of(Map.of("id", s("" + i), "v", s("x".repeat(200_000)))));
        }
        var first = tables.scan(new Scan(table, 0, 1, Optional.empty(), 0, true));
        assertThat(first.items()).hasSizeBetween(5, 6);
        assertThat(first.next()).isPresent();
        assertThat(scanAll(1, 0)).hasSize(12);
    }

    @Test
    void refusesSegmentsThatDoNotExistAndCursorsOfOthers() {
        fill(50);
        assertInvalid(() -> tables.scan(new Scan(table, 3, 3, Optional.empty(), 0, true)));
        assertInvalid(() -> tables.scan(new Scan(table, 0, 1_000_001, Optional.empty(), 0, true)));
        var nowhere = Optional.of(new Cursor(Map.of("other", s("1"))));
        assertInvalid(() -> tables.scan(new Scan(table, 0, 1, nowhere, 0, true)));
        var cursor =
                tables.scan(new Scan(table, 0, 2, Optional.empty(), 1, true)).next();
        assertInvalid(() -> tables.scan(new Scan(table, 1, 2, cursor, 0, true)));
    }

    @Test
    void queriesOnePartitionInOrderOfTheSortKey() {
        var numbered = newTable(Optional.of(AT), Map.of());
        var numbers = List.of("-10", "-2", "0", "2", "10", "100");
        for (var number : numbers.reversed()) {
            tables.putAll(numbered, List.of(Map.of("id", s("p"), "at", n(number)), Map.of("id", s("q"), "at", n("1"))));
        }
        var found = pages(from -> tables.query(new Query(numbered, ID, s("p"), from)));
        assertThat(found).extracting(item -> item.get("at").n()).containsExactlyElementsOf(numbers);
        assertThat(tables.query(new Query(numbered, ID, s("r"), Optional.empty()))
                        .items())
                .isEmpty();
    }

    @Test
    void queriesPageByPage() {
        var named = newTable(Optional.of(new KeyAttribute("name", KeyType.S)), Map.of());
        var names = List.of("B", "a", "aa", "z", "ä", "\uffee", "😀");
        for (var name : names.reversed()) {
            tables.putAll(named, List.of(Map.of("id", s("p"), "name", s(name), "v", s("x".repeat(300_000)))));
        }
        var first = tables.query(new Query(named, ID, s("p"), Optional.empty()));
        assertThat(first.items()).hasSizeLessThan(names.size());
        assertThat(first.next()).isPresent();
        var found = pages(from -> tables.query(new Query(named, ID, s("p"), from)));
        assertThat(found).extracting(item -> item.get("name").s()).containsExactlyElementsOf(names);
    }

    @Test
    void queriesAPartFromBehindAnyKeyUpToAnyOther() {
        var numbered = newTable(Optional.of(AT), Map.of());
        for (var number : List.of("-10", "-2", "0", "2", "10", "100")) {
            tables.putAll(numbered, List.of(Map.of("id", s("p"), "at", n(number)), Map.of("id", s("q"), "at", n("1"))));
        }
        assertThat(part(numbered, Optional.empty(), "0")).containsExactly("-10", "-2", "0");
        assertThat(part(numbered, Optional.of("-5"), "9")).containsExactly("-2", "0", "2");
        assertThat(part(numbered, Optional.of("-2"), "10")).containsExactly("0", "2", "10");
        assertThat(part(numbered, Optional.of("10"), "1000")).containsExactly("100");
        assertThat(part(numbered, Optional.empty(), "-11")).isEmpty();
        // Nothing can be there.
        assertInvalid(() -> part(numbered, Optional.of("10"), "10"));
    }

    /** Whatever the limit, the same sort keys. */
    private List<String> part(PhysicalTable numbered, Optional<String> after, String upTo) {
        var start = after.map(number -> new Cursor(Map.of("id", s("p"), "at", n(number))));
        var end = Optional.of(new Tables.UpTo(AT, n(upTo)));
        var found = IntStream.range(0, 3)
                .mapToObj(limit -> pages(from -> {
                    var query = new Query(numbered, ID, s("p"), end, from.or(() -> start), limit, limit > 0);
                    var page = tables.query(query);
                    // From there no store goes on.
                    var next = page.next()
                            .filter(cursor ->
                                    !cursor.lastEvaluatedKey().get("at").n().equals(upTo));
                    return new Scanned(page.items(), next, page.units());
                }))
                .toList();
        assertThat(found).allMatch(found.getFirst()::equals);
        return found.getFirst().stream().map(item -> item.get("at").n()).toList();
    }

    @Test
    void scansOnFromBehindAKeyThatIsNotThere() {
        var numbered = newTable(Optional.of(AT), Map.of());
        for (int i = 0; i < 20; i++) {
            tables.putAll(
                    numbered, List.of(Map.of("id", s("p"), "at", n("" + i)), Map.of("id", s("q" + i), "at", n("1"))));
        }
        for (int segments : List.of(1, 3, 16)) {
            int found = 0;
            for (int segment = 0; segment < segments; segment++) {
                int number = segment;
                var all = pages(from -> tables.scan(new Scan(numbered, number, segments, from, 0, true)));
                int last = all.indexOf(Map.of("id", s("p"), "at", n("9")));
                if (last >= 0) {
                    var behind = Optional.of(new Cursor(Map.of("id", s("p"), "at", n("9.5"))));
                    var rest = pages(
                            from -> tables.scan(new Scan(numbered, number, segments, from.or(() -> behind), 2, true)));
                    assertThat(rest).isEqualTo(all.subList(last + 1, all.size()));
                    assertThat(rest)
                            .filteredOn(item -> item.get("id").s().equals("p"))
                            .hasSize(10);
                    found++;
                }
            }
            assertThat(found).isEqualTo(1);
        }
    }

    @Test
    void namesTheTableThatIsMissing() {
        var missing = new PhysicalTable("not-there");
        var absent = new Expected.Absent();
        assertMissing(() -> tables.scan(new Scan(missing, 0, 1, Optional.empty(), 0, true)));
        assertMissing(() -> tables.query(new Query(missing, ID, s("1"), Optional.empty())));
        assertMissing(() -> tables.read(missing, keys(1)));
        assertMissing(() -> tables.putAll(missing, items(1, "a")));
        assertMissing(() -> tables.put(missing, item("1", "a"), absent));
        assertMissing(() -> tables.delete(missing, key("1"), absent));
    }

    private static void assertMissing(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING))
                .hasMessageContaining("not-there");
    }

    private void fill(int count) {
        var items = items(count, "a");
        for (int i = 0; i < count; i += Tables.WRITE_BATCH) {
            tables.putAll(table, items.subList(i, Math.min(count, i + Tables.WRITE_BATCH)));
        }
    }

    private List<Map<String, AttributeValue>> scanAll(int segments, int limit) {
        return IntStream.range(0, segments)
                .boxed()
                .flatMap(segment ->
                        pages(from -> tables.scan(new Scan(table, segment, segments, from, limit, true))).stream())
                .toList();
    }

    private static List<Map<String, AttributeValue>> pages(Function<Optional<Cursor>, Scanned> request) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        var page = request.apply(Optional.empty());
        items.addAll(page.items());
        while (page.next().isPresent()) {
            page = request.apply(page.next());
            items.addAll(page.items());
        }
        return items;
    }

    private static List<Map<String, AttributeValue>> items(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> item("" + i, value)).toList();
    }

    private static List<Key> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> key("" + i)).toList();
    }
}
