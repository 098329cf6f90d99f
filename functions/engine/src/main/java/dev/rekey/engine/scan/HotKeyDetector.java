package dev.rekey.engine.scan;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.scan.HotKeyProgress.Cut;
import dev.rekey.engine.scan.HotKeyProgress.Last;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Follows a scan through one page and notes where it stays with one partition key value for long. What it notes is only
 * good where the scan gives such records in order of their sort keys, so it looks at that too.
 */
public final class HotKeyDetector {
    /** More of them would make the checkpoint large; then every second one goes, and the next are twice as far apart. */
    static final int MOST_CUTS = 100;

    private final TableShape source;
    private final TableShape target;
    private final KeyAttribute sortKey;
    private final List<Noted> cuts = new ArrayList<>();
    private long step;
    private Optional<AttributeValue> partition = Optional.empty();
    private AttributeValue sort = AttributeValue.fromNul(true);
    private long bytes;
    private boolean ordered = true;

    private record Noted(AttributeValue partition, Cut cut) {}

    private HotKeyDetector(TableShape source, TableShape target, KeyAttribute sortKey, HotKeyProgress passage) {
        this.source = source;
        this.target = target;
        this.sortKey = sortKey;
        this.step = passage.step();
        passage.cuts().forEach(cut -> cuts.add(new Noted(partitionOf(TypedJson.parse(cut.source())), cut)));
        passage.last().ifPresent(last -> {
            var key = TypedJson.parse(last.key());
            partition = Optional.of(partitionOf(key));
            sort = key.get(sortKey.name());
            bytes = last.bytes();
            ordered = last.ordered();
        });
    }

    /** Goes on where {@code passage} ended; empty for a table without a sort key, which holds no key value twice. */
    public static Optional<HotKeyDetector> of(TableShape source, TableShape target, HotKeyProgress passage) {
        return source.sortKey().map(sortKey -> new HotKeyDetector(source, target, sortKey, passage));
    }

    /**
     * The next record of the scan.
     *
     * @param size its bytes
     * @param becomes what it is in the target; empty if it does not migrate
     */
    public void met(Map<String, AttributeValue> record, long size, Optional<Map<String, AttributeValue>> becomes) {
        var value = partitionOf(record);
        var position = record.get(sortKey.name());
        if (partition.filter(value::equals).isEmpty()) {
            partition = Optional.of(value);
            bytes = 0;
            ordered = true;
        } else if (ordered && SortOrder.OF_KEYS.compare(sort, position) >= 0) {
            ordered = false;
            cuts.removeIf(noted -> noted.partition().equals(value));
        }
        sort = position;
        bytes += size;
        if (ordered && bytes >= step) {
            bytes = 0;
            var cut = new Cut(
                    keyText(source, record),
                    becomes.filter(_ -> target.sortKey().isPresent()).map(item -> keyText(target, item)));
            cuts.add(new Noted(value, cut));
            thin();
        }
    }

    public HotKeyProgress passage() {
        return new HotKeyProgress(
                step,
                partition.map(value -> new Last(
                        TypedJson.text(
                                new TreeMap<>(Map.of(source.partitionKey().name(), value, sortKey.name(), sort))),
                        bytes,
                        ordered)),
                cuts.stream().map(Noted::cut).toList());
    }

    /** Keeps every second cut of each partition key value; one that is left with none was not that large. */
    private void thin() {
        if (cuts.size() <= MOST_CUTS) {
            return;
        }
        var latest = cuts.getLast();
        var kept = new ArrayList<Noted>();
        int number = 0;
        for (int i = 0; i < cuts.size(); i++) {
            boolean same =
                    i > 0 && cuts.get(i - 1).partition().equals(cuts.get(i).partition());
            number = same ? number + 1 : 0;
            if (number % 2 == 1) {
                kept.add(cuts.get(i));
            }
        }
        cuts.clear();
        cuts.addAll(kept);
        // What lay before a cut that went belongs to the next.
        bytes = kept.contains(latest) ? 0 : step;
        step *= 2;
    }

    private AttributeValue partitionOf(Map<String, AttributeValue> record) {
        return record.get(source.partitionKey().name());
    }

    private static String keyText(TableShape shape, Map<String, AttributeValue> item) {
        return TypedJson.text(new TreeMap<>(shape.keyOf(item).attributes()));
    }
}
