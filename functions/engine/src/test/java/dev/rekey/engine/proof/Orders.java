package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the control of a run orders, and whether workers obey it. */
final class Orders {
    private final Documents documents;
    private final Set<Worker> paused = new HashSet<>();

    Orders(Documents documents) {
        this.documents = documents;
    }

    /** A worker reads an object: the control says whether it may begin a page. */
    void read(Worker by, ObjectKey key, byte[] content) {
        if (key.equals(new RunFolder(by.run()).control())) {
            boolean stops =
                    Documents.decode(key, content, Control.class).paused().isPresent();
            var _ = stops ? paused.add(by) : paused.remove(by);
        }
    }

    /** Which order a worker breaks that writes; empty if none. */
    Optional<String> brokenBy(Worker by, Spot at) {
        return switch (by.work().kind()) {
            case COPY -> rest(by, at);
            case UNDO -> rest(by, at).or(() -> otherTable(by, at));
            case FENCE, OPERATOR, OTHER -> Optional.empty();
        };
    }

    private Optional<String> rest(Worker by, Spot at) {
        return paused.contains(by) ? Optional.of("a paused run rests: " + by.run() + " wrote " + at) : Optional.empty();
    }

    /** Whoever takes one table back, with those that refer to it, leaves all others alone. */
    private Optional<String> otherTable(Worker by, Spot at) {
        var control =
                documents.get(new RunFolder(by.run()).control(), Control.class).value();
        return control.undoing()
                .table()
                .filter(_ -> control.epoch() == by.work().epoch())
                .filter(table -> !Ward.withReferring(table).contains(at.table().replace("dst-", "")))
                .map(table -> "one table is taken back: " + table + ", and " + by.run() + " wrote " + at);
    }
}
