package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mappings of the runs that a process worked on last. Together they take no more memory than one run's may; a run that
 * is worked on keeps its own in any case.
 */
final class LoadedMappings {
    private final Map<RunId, Map<FamilyName, Mapping>> loaded = new LinkedHashMap<>(8, 0.75f, true);

    synchronized Map<FamilyName, Mapping> of(Documents documents, RunId run, Plan plan) {
        if (plan.declared().families().isEmpty()) {
            return Map.of();
        }
        var known = loaded.get(run);
        if (known == null) {
            known = FrozenMappings.of(documents, new RunFolder(run), plan).load(documents, plan);
            makeRoom(bytes(known));
            loaded.put(run, known);
        }
        return known;
    }

    private void makeRoom(long bytes) {
        long free = Mapping.MOST_BYTES - bytes;
        var eldest = loaded.values().iterator();
        long taken = loaded.values().stream().mapToLong(LoadedMappings::bytes).sum();
        while (taken > free && eldest.hasNext()) {
            taken -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private static long bytes(Map<FamilyName, Mapping> mappings) {
        return mappings.values().stream().mapToLong(Mapping::bytes).sum();
    }
}
