package dev.rekey.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.migration.ShortPages;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Tables.Expected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whatever the ranges are, and whatever is written while the segments are read, a record that stays is read once. */
final class DividedTablePropertyTest {
    private static final int CASES = 300;
    private static final PhysicalTable NAME = new PhysicalTable("T");
    private static final TableShape SHAPE = new TableShape(
            NAME,
            "000000000000",
            "eu-west-1",
            new KeyAttribute("id", KeyType.S),
            Optional.of(new KeyAttribute("n", KeyType.N)),
            Map.of());

    private static Key key(Random random) {
        var id = List.of("a", "b", "c", "d").get(random.nextInt(4));
        return new Key(Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN("" + random.nextInt(60))));
    }

    @Test
    void everyRecordThatStaysIsReadOnce() {
        for (int seed = 0; seed < CASES; seed++) {
            check(seed);
        }
    }

    private static void check(int seed) {
        var random = new Random(seed);
        var tables = new InMemoryTables();
        tables.createTable(SHAPE);
        tables.giveEmptyPages(random.nextBoolean());
        for (int i = 0; i < 120; i++) {
            tables.load(NAME, List.of(key(random).attributes()));
        }
        var stay = new HashSet<>(keys(tables));
        var cuts = new ArrayList<String>();
        for (int i = random.nextInt(12); i > 0; i--) {
            cuts.add(TypedJson.text(new TreeMap<>(key(random).attributes())));
        }
        var ranges = Ranges.of(SHAPE, cuts);
        int scans = 1 + random.nextInt(3);
        int limit = 1 + random.nextInt(6);
        var table = divided(new ShortPages(tables, () -> limit), scans, ranges);
        var read = new ArrayList<Key>();
        var segments = new ArrayList<Integer>();
        for (int i = 0; i < scans + ranges.size(); i++) {
            segments.add(random.nextInt(segments.size() + 1), i);
        }
        for (int index : segments) {
            var segment = new Segment(index, scans + ranges.size());
            Optional<JsonNode> cursor = Optional.empty();
            do {
                var page = table.page(segment, cursor);
                page.items().forEach(item -> read.add(SHAPE.keyOf(item)));
                cursor = page.next();
                change(tables, random, stay);
            } while (cursor.isPresent());
        }
        assertThat(read).as("seed %d", seed).filteredOn(stay::contains).hasSameSizeAs(stay);
        assertThat(new HashSet<>(read)).as("seed %d", seed).containsAll(stay);
    }

    private static void change(InMemoryTables tables, Random random, Set<Key> stay) {
        var key = key(random);
        if (stay.remove(key)) {
            var _ = tables.delete(NAME, key, new Expected.Attributes(key.attributes()));
        } else {
            tables.load(NAME, List.of(key.attributes()));
        }
    }

    private static List<Key> keys(InMemoryTables tables) {
        return tables.items(NAME).stream().map(SHAPE::keyOf).toList();
    }

    private static DividedTable divided(ShortPages tables, int scans, List<dev.rekey.engine.run.Range> ranges) {
        var time = new SteppingTime();
        var backoff = new Backoff(time, new Random(1), time.instant().plusSeconds(60));
        return new DividedTable(tables, new Division(SHAPE, scans, ranges, 0, true), () -> backoff);
    }

    @Test
    void aSegmentOfAnotherDivisionIsRefused() {
        var tables = new InMemoryTables();
        tables.createTable(SHAPE);
        var table = divided(new ShortPages(tables, () -> 0), 3, List.of());
        assertThatThrownBy(() -> table.page(new Segment(0, 5), Optional.empty()))
                .hasMessageContaining("3 segments and 0 ranges");
    }
}
