package dev.rekey.engine.status;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the runs of a bucket. */
public final class RunList {
    /** Runs that are looked through at once for those of a plan. */
    private static final int FEWEST_AT_ONCE = 24;

    private static final int MOST_AT_ONCE = 240;

    private final Documents documents;

    public RunList(Documents documents) {
        this.documents = documents;
    }

    /** Oldest first. */
    public List<RunSummary> all() {
        return documents.each(ids(), this::summary);
    }

    /** The newest {@code most}, oldest of them first; no other is read. */
    public List<RunSummary> newest(int most) {
        var ids = ids();
        return documents.each(ids.subList(Math.max(0, ids.size() - most), ids.size()), this::summary);
    }

    /** The newest {@code most} of a plan, oldest of them first. Of a run of another plan only that is read which names its plan. */
    public List<RunSummary> newestOf(PlanName plan, int most) {
        var ids = ids().reversed();
        var found = new ArrayList<RunSummary>();
        int atOnce = Math.clamp(most, FEWEST_AT_ONCE, MOST_AT_ONCE);
        for (int from = 0; from < ids.size() && found.size() < most; from += atOnce) {
            documents.each(ids.subList(from, Math.min(ids.size(), from + atOnce)), this::named).stream()
                    .filter(run -> run.plan().equals(plan.value()))
                    .forEach(found::add);
        }
        return documents.each(found.subList(0, Math.min(most, found.size())).reversed(), this::withControl);
    }

    /** What is there of a run with this id; neither document, if there is none. */
    public RunSummary summary(RunId id) {
        return withControl(named(id));
    }

    /** Its control object is not read yet. */
    private RunSummary named(RunId id) {
        var folder = new RunFolder(id);
        var manifest = documents.find(folder.manifest(), Manifest.class).map(Versioned::value);
        return new RunSummary(id, manifest, Optional.empty(), plan(folder, manifest), false);
    }

    private RunSummary withControl(RunSummary run) {
        var control = documents.find(new RunFolder(run.id()).control(), Control.class);
        return new RunSummary(run.id(), run.manifest(), control.map(Versioned::value), run.frozen(), false);
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
    public List<RunId> ids() {
        return new RunIds(documents).all();
    }
}
