package dev.rekey.local.scale;

import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what every execution writes into its history. Journals of children are only counted, not kept. */
final class CountedJournals implements Store {
    /** Lines of a journal that stand in the history. */
    private static final String EVENT = "{\"id\":";

    private static final String ENTERED = "StateEntered\"";
    private static final String CHILDREN = "children/";

    private final MemoryStore kept = new MemoryStore();
    private final Map<String, Integer> events = new ConcurrentHashMap<>();
    private final AtomicLong transitions = new AtomicLong();
    private final AtomicLong children = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();

    /** Events of the execution that has the most. */
    int mostEvents() {
        return events.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    long transitions() {
        return transitions.get();
    }

    /** How many children all Distributed Maps had. */
    long children() {
        return children.get();
    }

    /** Bytes of the largest event with the payload in it, which is a little smaller. */
    long largestPayload() {
        return largest.get();
    }

    @Override
    public void append(String journal, List<String> lines) {
        for (var line : lines) {
            if (line.startsWith(EVENT)) {
                int now = events.merge(journal, 1, Integer::sum);
                if (now == 1 && journal.startsWith(CHILDREN)) {
                    children.incrementAndGet();
                }
                if (line.contains(ENTERED)) {
                    transitions.incrementAndGet();
                }
                largest.accumulateAndGet(line.getBytes(StandardCharsets.UTF_8).length, Math::max);
            }
        }
        if (!journal.startsWith(CHILDREN)) {
            kept.append(journal, lines);
        }
    }

    @Override
    public List<String> lines(String journal) {
        return kept.lines(journal);
    }

    @Override
    public void put(String document, String content) {
        kept.put(document, content);
    }

    @Override
    public Optional<String> get(String document) {
        return kept.get(document);
    }

    @Override
    public boolean exists(String name) {
        return kept.exists(name);
    }

    @Override
    public void delete(String name) {
        kept.delete(name);
    }

    @Override
    public List<String> list(String folder) {
        return kept.list(folder);
    }

    @Override
    public void close() {
        kept.close();
    }
}
