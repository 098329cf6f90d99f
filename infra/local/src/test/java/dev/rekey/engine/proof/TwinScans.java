package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Scan;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares scans. Two stores divide a table into segments in their own ways, and scan it in their own order. So a page must
 * hold records as they are in memory, and it must end where the store in memory ends one: after as many records as were
 * asked for. All pages of all segments together must hold the records that a scan of the store in memory gives, each once;
 * those that were written between the first page and the last may be there or not.
 */
final class TwinScans {
    private final Tables memory;
    private final Function<PhysicalTable, TableShape> shapes;
    private final Answers answers;
    private final Map<Whole, Union> begun = new HashMap<>();

    /** A scan in segments of one size. */
    private record Whole(PhysicalTable table, int totalSegments, int limit) {}

    private static final class Union {
        private final List<Key> inMemory;
        private final List<Key> found = new ArrayList<>();
        private final Map<Integer, Optional<Cursor>> segments = new HashMap<>();

        Union(List<Key> inMemory) {
            this.inMemory = inMemory;
        }

        private boolean isNext(Scan scan) {
            return segments.getOrDefault(scan.segment(), Optional.empty()).equals(scan.from())
                    && (scan.from().isPresent() || !segments.containsKey(scan.segment()));
        }

        private boolean isComplete(int totalSegments) {
            return segments.size() == totalSegments
                    && segments.values().stream().allMatch(Optional::isEmpty);
        }
    }

    TwinScans(Tables memory, Function<PhysicalTable, TableShape> shapes, Answers answers) {
        this.memory = memory;
        this.shapes = shapes;
        this.answers = answers;
    }

    /** @return {@code page}, which the real store gave */
    Scanned page(Scan scan, Scanned page) {
        assertThat(page.next().isPresent())
                .as(
                        "whether a page of %d records of %s, %d asked for, has a cursor",
                        page.items().size(), scan.table(), scan.limit())
                .isEqualTo(page.items().size() == scan.limit());
        var keys = keys(scan.table(), page);
        if (!keys.isEmpty()) {
            assertThat(Answers.sorted(memory.read(scan.table(), keys).items()))
                    .as("records in memory of a page of %s", scan.table())
                    .isEqualTo(Answers.sorted(page.items()));
        }
        answers.count(page.items().isEmpty() ? "scan empty" : "scan page");
        add(new Whole(scan.table(), scan.totalSegments(), scan.limit()), scan, keys, page.next());
        return page;
    }

    private List<Key> keys(PhysicalTable table, Scanned page) {
        return page.items().stream().map(shapes.apply(table)::keyOf).toList();
    }

    private void add(Whole whole, Scan scan, List<Key> keys, Optional<Cursor> next) {
        var union = begun.get(whole);
        if (scan.from().isEmpty() && (union == null || !union.isNext(scan))) {
            union = new Union(inMemory(whole));
            begun.put(whole, union);
        }
        if (union == null || !union.isNext(scan)) {
            // It goes on where another execution was.
            begun.remove(whole);
            return;
        }
        union.found.addAll(keys);
        union.segments.put(scan.segment(), next);
        if (union.isComplete(whole.totalSegments())) {
            begun.remove(whole);
            compare(whole, union);
        }
    }

    private void compare(Whole whole, Union union) {
        var after = inMemory(whole);
        var all = new HashSet<>(union.inMemory);
        all.addAll(after);
        Set<Key> unwritten = new HashSet<>(union.inMemory);
        unwritten.retainAll(after);
        assertThat(union.found)
                .as("all pages of %s, which should hold what is in memory", whole)
                .doesNotHaveDuplicates()
                .containsAll(unwritten)
                .isSubsetOf(all);
        answers.count("scan whole");
    }

    /** What the store in memory gives, page by page. */
    private List<Key> inMemory(Whole whole) {
        var found = new ArrayList<Key>();
        for (int segment = 0; segment < whole.totalSegments(); segment++) {
            var from = Optional.<Cursor>empty();
            do {
                var page =
                        memory.scan(new Scan(whole.table(), segment, whole.totalSegments(), from, whole.limit(), true));
                found.addAll(keys(whole.table(), page));
                from = page.next();
            } while (from.isPresent());
        }
        assertThat(found).as("all pages in memory of %s", whole).doesNotHaveDuplicates();
        return found;
    }
}
