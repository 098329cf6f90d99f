package dev.rekey.cli.command;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunIds;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.List;

/** Finds the runs of a bucket. */
final class RunList {
    private final Documents documents;

    RunList(Documents documents) {
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

    /** Oldest first. */
    List<RunId> ids() {
        return new RunIds(documents).all().toList();
    }
}
