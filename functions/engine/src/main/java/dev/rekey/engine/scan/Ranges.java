package dev.rekey.engine.scan;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.run.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Cuts the records of large partition key values into ranges. */
public final class Ranges {
    /** A partition key value with fewer cuts fits into a segment of its own size. */
    private static final int FEWEST_CUTS = 2;

    /** Of one table: every worker reads the list of them. */
    static final int MOST_RANGES = 1_000;

    private Ranges() {}

    /**
     * The ranges of a table: those of one partition key value follow each other without a gap, from its first record to its
     * last cut. What comes after that is left to the scan. Wherever the cuts are, no record is in two ranges.
     *
     * @param cuts keys as typed JSON, in any order
     */
    public static List<Range> of(TableShape table, Collection<String> cuts) {
        return table.sortKey()
                .map(sortKey -> largest(grouped(table, sortKey, cuts)).stream()
                        .flatMap(group -> ranges(table, sortKey, group).stream())
                        .toList())
                .orElseGet(List::of);
    }

    private record Group(AttributeValue partition, TreeSet<AttributeValue> sortKeys) {}

    private static Collection<Group> grouped(TableShape table, KeyAttribute sortKey, Collection<String> cuts) {
        var groups = new TreeMap<AttributeValue, Group>(SortOrder.OF_KEYS);
        for (var cut : cuts) {
            var key = TypedJson.parse(cut);
            var partition = key.get(table.partitionKey().name());
            groups.computeIfAbsent(partition, value -> new Group(value, new TreeSet<>(SortOrder.OF_KEYS)))
                    .sortKeys()
                    .add(key.get(sortKey.name()));
        }
        return groups.values();
    }

    /** As many as there may be; the same ones for every caller. */
    private static List<Group> largest(Collection<Group> groups) {
        var chosen = new ArrayList<Group>();
        int ranges = 0;
        var bySize = groups.stream()
                .filter(group -> group.sortKeys().size() >= FEWEST_CUTS)
                .sorted(Comparator.comparingInt(
                                (Group group) -> group.sortKeys().size())
                        .reversed())
                .toList();
        for (var group : bySize) {
            ranges += group.sortKeys().size();
            if (ranges > MOST_RANGES) {
                break;
            }
            chosen.add(group);
        }
        return chosen;
    }

    private static List<Range> ranges(TableShape table, KeyAttribute sortKey, Group group) {
        var ranges = new ArrayList<Range>();
        var after = Optional.<String>empty();
        for (var value : group.sortKeys()) {
            var key = Map.of(table.partitionKey().name(), group.partition(), sortKey.name(), value);
            var until = TypedJson.text(new TreeMap<>(key));
            ranges.add(new Range(after, until));
            after = Optional.of(until);
        }
        return ranges;
    }
}
