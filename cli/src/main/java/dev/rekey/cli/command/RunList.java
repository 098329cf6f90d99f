package dev.rekey.cli.command;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunIds;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var manifest = documents.find(folder.manifest(), Manifest.class).map(Versioned::value);
        return new RunSummary(
                id,
                manifest,
                documents.find(folder.control(), Control.class).map(Versioned::value),
                plan(folder, manifest),
                false);
    }

    /** Not read where the manifest says enough. */
    private Optional<Plan> plan(RunFolder folder, Optional<Manifest> manifest) {
        var given = manifest.map(found -> found.options().parameters());
        return given.filter(Map::isEmpty).isPresent()
                ? Optional.empty()
                : documents
                        .bytes(folder.planAsWritten())
                        .map(stored -> PlanReader.read(
                                new String(stored.content(), StandardCharsets.UTF_8), given.orElse(Map.of())))
                        .flatMap(reading -> switch (reading) {
                            case PlanReading.Valid valid -> Optional.of(valid.plan());
                            case PlanReading.Invalid _ -> Optional.empty();
                        });
    }

    /** Oldest first. */
    List<RunId> ids() {
        return new RunIds(documents).all().toList();
    }
}
