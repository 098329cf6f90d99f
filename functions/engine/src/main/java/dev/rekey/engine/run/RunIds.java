package dev.rekey.engine.run;

import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the runs of a bucket by jumping from folder to folder: a run may have a million objects. */
public record RunIds(Documents documents) {

    /** Every run, oldest first. */
    public Stream<RunId> all() {
        return behind(new ObjectKey(RunFolder.ALL));
    }

    /** The runs with an id later than that of {@code run}, oldest first. */
    public Stream<RunId> after(RunId run) {
        return behind(behindFolder(run.value()));
    }

    private Stream<RunId> behind(ObjectKey key) {
        return Stream.iterate(folder(key), Optional::isPresent, last -> folder(behindFolder(last.get())))
                .flatMap(Optional::stream)
                .filter(RunId::isValid)
                .map(RunId::new);
    }

    private Optional<String> folder(ObjectKey behind) {
        return documents
                .first(RunFolder.ALL, behind)
                .map(key -> key.name().substring(RunFolder.ALL.length()).split("/", 2)[0]);
    }

    /** '0' follows '/', so this key is behind everything in the folder. */
    private static ObjectKey behindFolder(String name) {
        return new ObjectKey(RunFolder.ALL + name + "0");
    }
}
