package dev.rekey.engine.workflow;

import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Runs as they are frozen in the bucket. What never changes is kept between invocations of a process. */
public final class FrozenRuns {
    private static final int KEPT = 8;

    private final Map<RunId, Frozen> frozen = newest();
    private final Map<RunId, Frozen> judged = newest();

    private final Map<RunId, FrozenMerges> merges = newest();
    private final Map<List<Object>, FrozenMerges> mergesAtLevels = newest();
    private final Map<RunId, FrozenCreated> created = newest();

    private final LoadedMappings mappings = new LoadedMappings();

    private final BiFunction<String, Map<String, String>, PlanReading> reader;

    public FrozenRuns() {
        // A reference to the method would load the reader, and what it needs, in functions that read no plan.
        this((text, parameters) -> PlanReader.read(text, parameters));
    }

    /** @param reader of a plan's text, with the values of its parameters */
    FrozenRuns(BiFunction<String, Map<String, String>, PlanReading> reader) {
        this.reader = reader;
    }

    private record Frozen(Plan plan, Manifest manifest, Orphans orphans) {}

    /** The run before its orphans are known, and before its tables are divided. */
    RunContext withoutOrphans(Documents documents, RunId run) {
        var known = frozen.get(run);
        if (known == null) {
            known = read(documents, run, Orphans.NONE);
            frozen.put(run, known);
        }
        return opened(documents, known);
    }

    /**
     * The run as its data was judged, with the orphans that are frozen in it and the ranges that its tables are divided in.
     * It is not asked for before, so it never changes.
     */
    RunContext withOrphans(Documents documents, RunId run) {
        var known = judged.get(run);
        if (known == null) {
            known = read(documents, run, FrozenOrphans.load(documents, new RunFolder(run)));
            judged.put(run, known);
        }
        return opened(documents, known);
    }

    /** {@code run} with the merges that level {@code number} of it is written and verified by. */
    RunContext at(Documents documents, RunContext run, int number) {
        return run.known().merges()
                ? run.merging(
                        () -> mappings.of(documents, run.manifest().run(), run.plan()),
                        () -> mergesAt(documents, run, number))
                : run;
    }

    private FrozenMerges mergesAt(Documents documents, RunContext run, int number) {
        var ended = FrozenMerges.ended(documents, run.folder(), number);
        var key = List.<Object>of(run.manifest().run(), ended);
        var known = mergesAtLevels.get(key);
        if (known == null) {
            known = merges(documents, run.manifest().run(), run.known()).left(documents, run.folder(), ended);
            mergesAtLevels.put(key, known);
        }
        return known;
    }

    private RunContext opened(Documents documents, Frozen run) {
        var manifest = run.manifest();
        return RunContext.of(
                run.plan(),
                manifest,
                () -> mappings.of(documents, manifest.run(), run.plan()),
                () -> merges(documents, manifest.run(), run.plan()),
                run.orphans());
    }

    /** Kept once they are all known. */
    private FrozenMerges merges(Documents documents, RunId run, Plan plan) {
        if (!plan.merges()) {
            return FrozenMerges.NONE;
        }
        var known = merges.get(run);
        if (known == null) {
            var found = FrozenMerges.find(documents, new RunFolder(run));
            found.ifPresent(all -> merges.put(run, all));
            return found.orElseGet(() -> FrozenMerges.decided(documents, new RunFolder(run)));
        }
        return known;
    }

    /** What {@code run} creates; nothing until all of it is known. */
    FrozenCreated created(Documents documents, RunContext run) {
        if (!run.known().creates()) {
            return FrozenCreated.NONE;
        }
        var id = run.manifest().run();
        var known = created.get(id);
        if (known == null) {
            var found = FrozenCreated.find(documents, run.folder());
            found.ifPresent(all -> created.put(id, all));
            return found.orElse(FrozenCreated.NONE);
        }
        return known;
    }

    /** The run as it is now, divided or not: another process may have judged its data. */
    RunContext asItIs(Documents documents, RunId run) {
        frozen.remove(run);
        return withoutOrphans(documents, run);
    }

    /** The data of the run was judged: what is kept of the time before is read again. */
    void judged(RunId run) {
        frozen.remove(run);
    }

    Plan plan(Documents documents, Manifest manifest) {
        var folder = new RunFolder(manifest.run());
        var stored = documents
                .bytes(folder.planAsWritten())
                .orElseThrow(
                        () -> new StoreException(
                                StoreException.Kind.MISSING,
                                "Cannot read " + folder.planAsWritten()
                                        + ": the object does not exist. Nothing was changed. Check the run's id with 'rekey runs', or restore the object."));
        return switch (reader.apply(
                new String(stored.content(), StandardCharsets.UTF_8),
                manifest.options().parameters())) {
            case PlanReading.Valid valid -> valid.plan().withParts();
            case PlanReading.Invalid invalid ->
                throw new IllegalStateException("Cannot read " + folder.planAsWritten() + ": "
                        + invalid.problems().getFirst().message() + " Nothing was changed. Restore an earlier version"
                        + " of the object.");
        };
    }

    private Frozen read(Documents documents, RunId run, Orphans orphans) {
        var folder = new RunFolder(run);
        var manifest = documents.get(folder.manifest(), Manifest.class).value();
        var plan = plan(documents, manifest);
        if (!plan.fingerprint().equals(manifest.fingerprint())) {
            throw new IllegalStateException("Cannot continue with run " + run + ": " + folder.planAsWritten()
                    + " is not the frozen plan, its fingerprint is " + plan.fingerprint()
                    + ". Nothing was changed. Restore the first version of the object.");
        }
        return new Frozen(plan, manifest, orphans);
    }

    private static <K, T> Map<K, T> newest() {
        return Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
                return size() > KEPT;
            }
        });
    }
}
