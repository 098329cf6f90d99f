package dev.rekey.cli.command;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the runs of a bucket. */
final class RunList {
    /** Comes right after the slash, so a listing that starts there leaves the folder's objects out. */
    private static final String AFTER_SLASH = "0";

    private final Objects objects;
    private final Documents documents;

    RunList(Objects objects, Documents documents) {
        this.objects = objects;
        this.documents = documents;
    }

    /** Oldest first. */
    List<RunSummary> all() {
        return ids().stream().map(this::summary).toList();
    }

    RunSummary summary(RunId id) {
        var folder = new RunFolder(id);
        return new RunSummary(
                id,
                documents.find(folder.manifest(), Manifest.class).map(Versioned::value),
                documents.find(folder.control(), Control.class).map(Versioned::value));
    }

    /** Jumps from folder to folder: a run may have a million objects. Oldest first. */
    List<RunId> ids() {
        var ids = new ArrayList<RunId>();
        Optional<ObjectKey> after = Optional.empty();
        while (true) {
            var listed = objects.list(RunFolder.ALL, after).keys();
            if (listed.isEmpty()) {
                return ids;
            }
            var folder = folder(listed.getFirst());
            if (RunId.isValid(folder)) {
                ids.add(new RunId(folder));
            }
            after = Optional.of(new ObjectKey(RunFolder.ALL + folder + AFTER_SLASH));
        }
    }

    private static String folder(ObjectKey key) {
        var name = key.name().substring(RunFolder.ALL.length());
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
