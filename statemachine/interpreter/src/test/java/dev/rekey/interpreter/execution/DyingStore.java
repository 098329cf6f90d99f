package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.ports.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets so many changes through; then the process is dead, and nothing works any more. */
final class DyingStore implements Store {
    private final Store store;
    private final Consumer<String> lastBreath;
    private final List<String> appended = new ArrayList<>();
    private long changesLeft;
    private long changes;

    /** {@code lastBreath} is told the journal that the last, lost append was for. */
    DyingStore(Store store, long changesLeft, Consumer<String> lastBreath) {
        this.store = store;
        this.changesLeft = changesLeft;
        this.lastBreath = lastBreath;
    }

    /** The process died here. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    List<String> appended() {
        return appended;
    }

    long changes() {
        return changes;
    }

    private void change(String journal) {
        if (changesLeft <= 0) {
            if (changesLeft == 0) {
                lastBreath.accept(journal);
            }
            changesLeft = -1;
            throw new Died();
        }
        changesLeft--;
        changes++;
    }

    @Override
    public void append(String journal, List<String> lines) {
        change(journal);
        store.append(journal, lines);
        appended.addAll(lines);
    }

    @Override
    public List<String> lines(String journal) {
        return store.lines(journal);
    }

    @Override
    public void put(String document, String content) {
        change("");
        store.put(document, content);
    }

    @Override
    public Optional<String> get(String document) {
        return store.get(document);
    }

    @Override
    public boolean exists(String name) {
        return store.exists(name);
    }

    @Override
    public void delete(String name) {
        change("");
        store.delete(name);
    }

    @Override
    public List<String> list(String folder) {
        return store.list(folder);
    }

    @Override
    public void close() {
        store.close();
    }
}
