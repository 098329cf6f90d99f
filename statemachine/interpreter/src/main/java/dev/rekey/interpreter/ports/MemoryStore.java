package dev.rekey.interpreter.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps everything in memory, for tests and for stacks that leave nothing behind. */
public final class MemoryStore implements Store {
    private final TreeMap<String, List<String>> contents = new TreeMap<>();

    @Override
    public synchronized void append(String journal, List<String> lines) {
        contents.computeIfAbsent(journal, name -> new ArrayList<>()).addAll(lines);
    }

    @Override
    public synchronized List<String> lines(String journal) {
        return List.copyOf(contents.getOrDefault(journal, List.of()));
    }

    @Override
    public synchronized void put(String document, String content) {
        contents.put(document, new ArrayList<>(List.of(content)));
    }

    @Override
    public synchronized Optional<String> get(String document) {
        return Optional.ofNullable(contents.get(document)).map(lines -> String.join("\n", lines));
    }

    @Override
    public synchronized boolean exists(String name) {
        return contents.containsKey(name);
    }

    @Override
    public synchronized void delete(String name) {
        contents.remove(name);
    }

    @Override
    public synchronized List<String> list(String folder) {
        String prefix = folder + "/";
        return contents.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
