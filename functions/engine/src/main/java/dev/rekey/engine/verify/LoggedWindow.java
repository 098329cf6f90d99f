package dev.rekey.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.SegmentLog;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.segment.Checkpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The logged records of a segment beside a second scan of it. Both come in the same order unless the source changed, so
 * a few pages of the log in memory are enough, whatever the size of the segment.
 */
final class LoggedWindow {
    /** So many pages of the log after the last that was met are looked through before a record counts as late. */
    private static final int PAGES_AHEAD = 4;

    private final UndoLog log;
    private final TableName table;
    private final Segment segment;
    private final TreeMap<Integer, Map<Key, LogEntry>> waiting = new TreeMap<>();
    private Optional<SegmentLog> loaded = Optional.empty();
    private Map<Key, List<LogEntry>> superseded = Map.of();
    /** Source keys that superseded attempts logged and that no last attempt was seen to log so far. */
    private final Set<Key> abandoned = new LinkedHashSet<>();

    private int next;

    LoggedWindow(UndoLog log, TableName table, Segment segment) {
        this.log = log;
        this.table = table;
        this.segment = segment;
    }

    /**
     * What one page of the scan means for the log.
     *
     * @param met logged records that were scanned
     * @param gone logged records that the scan has passed without meeting them
     * @param late scanned records that were not logged
     * @param abandoned what only superseded attempts logged, and may have written: records that were scanned, and at the
     *     end of the segment those that were not
     */
    record Step(List<LogEntry> met, List<LogEntry> gone, List<Key> late, List<LogEntry> abandoned) {}

    /** Goes back to where {@code cursor} was saved; only the first call of an invocation has an effect. */
    void resume(Optional<JsonNode> cursor) {
        if (loaded.isPresent()) {
            return;
        }
        loaded = Optional.of(SegmentLog.load(log, table, segment));
        superseded = loaded.get().supersededByOldKey();
        abandoned.addAll(superseded.keySet());
        cursor.ifPresent(saved -> {
            var left = texts(saved.path("abandoned"));
            abandoned.removeIf(key -> !left.contains(text(key)));
            next = saved.get("log").intValue();
            saved.path("waiting").properties().forEach(page -> {
                var keys = texts(page.getValue());
                var entries = entries(Integer.parseInt(page.getKey()));
                entries.keySet().removeIf(key -> !keys.contains(text(key)));
                waiting.put(Integer.parseInt(page.getKey()), entries);
            });
        });
    }

    /** Where the scan goes on, by a cursor that {@link #cursor} made. */
    static Optional<JsonNode> scanCursor(Checkpoint at) {
        return at.cursor().map(cursor -> cursor.get("scan"));
    }

    /** Where the scan and the log go on. */
    JsonNode cursor(JsonNode scan) {
        var cursor = JsonNodeFactory.instance.objectNode();
        cursor.set("scan", scan);
        save(cursor);
        return cursor;
    }

    /** Saves the position: where to go on in the log, and which records of the pages before are still to be met. */
    private void save(ObjectNode cursor) {
        var untouched = new ArrayList<Integer>();
        var saved = cursor.putObject("waiting");
        for (var page : waiting.entrySet()) {
            if (page.getKey() >= firstUntouched()) {
                untouched.add(page.getKey());
            } else if (!page.getValue().isEmpty()) {
                var keys = saved.putArray(String.valueOf(page.getKey()));
                page.getValue().keySet().forEach(key -> keys.add(text(key)));
            }
        }
        cursor.put("log", untouched.isEmpty() ? next : untouched.getFirst());
        if (!abandoned.isEmpty()) {
            var keys = cursor.putArray("abandoned");
            abandoned.forEach(key -> keys.add(text(key)));
        }
    }

    Step advance(Set<Key> scanned, boolean last) {
        var met = new ArrayList<LogEntry>();
        var left = new HashSet<>(scanned);
        var metPages = new TreeSet<>(take(left, met, waiting.keySet()));
        while (next < pages() && (last || (!left.isEmpty() && mayBeFurther(metPages)))) {
            waiting.put(next, entries(next));
            metPages.addAll(take(left, met, List.of(next)));
            next++;
        }
        var passed = last ? waiting : waiting.headMap(metPages.isEmpty() ? 0 : metPages.first(), false);
        var gone =
                passed.values().stream().flatMap(page -> page.values().stream()).toList();
        passed.clear();
        waiting.values().removeIf(Map::isEmpty);
        var written = last ? Set.copyOf(abandoned) : intersection(abandoned, left);
        abandoned.removeAll(written);
        left.removeAll(written);
        return new Step(
                met,
                gone,
                List.copyOf(left),
                written.stream().map(key -> superseded.get(key).getLast()).toList());
    }

    private static Set<Key> intersection(Set<Key> some, Set<Key> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }

    /**
     * Where nothing was met at all, most of what was logged may be gone: then the place is looked for to the end. Pages of which
     * the plan took nothing do not count.
     */
    private boolean mayBeFurther(SortedSet<Integer> metPages) {
        return metPages.isEmpty()
                || waiting.tailMap(metPages.last(), false).values().stream()
                                .filter(page -> !page.isEmpty())
                                .count()
                        < PAGES_AHEAD;
    }

    /** Every content that a superseded attempt at this record may have written. */
    Set<Digest> superseded(LogEntry entry) {
        return superseded.getOrDefault(entry.origin().key(), List.of()).stream()
                .map(LogEntry::content)
                .collect(Collectors.toSet());
    }

    /** Entries of superseded attempts: their target keys are ours too. */
    Collection<LogEntry> supersededEntries() {
        return superseded.values().stream().flatMap(List::stream).toList();
    }

    /** Moves what was scanned from the pages to {@code met}; gives the pages that had any of it. */
    private Set<Integer> take(Set<Key> left, List<LogEntry> met, Collection<Integer> pages) {
        var metPages = new HashSet<Integer>();
        for (var page : pages) {
            var entries = waiting.get(page);
            int before = left.size();
            left.removeIf(key -> {
                var entry = entries.remove(key);
                if (entry != null) {
                    met.add(entry);
                }
                return entry != null;
            });
            if (left.size() < before) {
                metPages.add(page);
            }
        }
        return metPages;
    }

    /** The first page of which no record was met yet, so that it can be read again as a whole. */
    private int firstUntouched() {
        int first = next;
        for (var page : waiting.descendingMap().entrySet()) {
            if (page.getKey() != first - 1 || page.getValue().size() < entryCounts.getOrDefault(page.getKey(), 0)) {
                break;
            }
            first = page.getKey();
        }
        return first;
    }

    private final Map<Integer, Integer> entryCounts = new LinkedHashMap<>();

    private Map<Key, LogEntry> entries(int index) {
        var entries = new LinkedHashMap<Key, LogEntry>();
        for (var entry : log.read(loaded.orElseThrow().last().get(index)).entries()) {
            entries.put(entry.origin().key(), entry);
            abandoned.remove(entry.origin().key());
        }
        entryCounts.put(index, entries.size());
        return entries;
    }

    private int pages() {
        return loaded.orElseThrow().last().size();
    }

    private static Set<String> texts(JsonNode keys) {
        return keys.valueStream().map(JsonNode::textValue).collect(Collectors.toSet());
    }

    private static String text(Key key) {
        return TypedJson.text(new TreeMap<>(key.attributes()));
    }
}
