package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMappings.FrozenMapping;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the mappings of a plan and writes them into the run: from then on, nobody asks where they were read from. */
final class FreezeMappings {
    private final Documents documents;
    private final Sides sides;
    private final Invocation invocation;

    FreezeMappings(Documents documents, Sides sides, Invocation invocation) {
        this.documents = documents;
        this.sides = sides;
        this.invocation = invocation;
    }

    /**
     * @param earlier runs of the plan, whose new ids may stand in the tables
     * @return what is wrong with the mappings, all of it; then nothing is frozen
     */
    List<Problem> freeze(
            RunFolder folder,
            Plan plan,
            Map<TableName, Shapes> tables,
            FilesOfPlan files,
            Supplier<EarlierRuns> earlier) {
        var families = plan.declared().families();
        if (isFrozen(folder, plan)) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        var mappings = new LinkedHashMap<DeclaredFamily, Mapping>();
        var before = new EarlierMappings(documents, plan, tables, earlier);
        for (var family : families) {
            long taken = mappings.values().stream().mapToLong(Mapping::bytes).sum();
            mappings.put(family, read(family, plan, files, taken, before, problems));
        }
        if (problems.isEmpty()) {
            write(folder, mappings);
        }
        return problems;
    }

    /** Whether the run has its mappings, or needs none. */
    boolean isFrozen(RunFolder folder, Plan plan) {
        return plan.declared().families().isEmpty()
                || documents.bytes(folder.mappings()).isPresent();
    }

    private Mapping read(
            DeclaredFamily family,
            Plan plan,
            FilesOfPlan files,
            long taken,
            EarlierMappings earlier,
            List<Problem> problems) {
        var reading = new MappingReading(family);
        var faults = reading.faults();
        var mapping = reading.read(() -> new Sources(sides, invocation).of(plan.source()), files);
        if (earlier.areReplaced(family.name())) {
            mapping.forEachOverlap(mapping, (old, now) -> faults.overlaps(old.canonical(), now.canonical()));
        }
        var whole = earlier.former(family, mapping, faults).map(mapping::after).orElse(mapping);
        if (taken + whole.bytes() > Mapping.MOST_BYTES) {
            faults.tooLargeTogether();
        }
        problems.addAll(faults.problems());
        return whole;
    }

    /** The list comes last: with it, all of them are there. Of two attempts the first decides. */
    private void write(RunFolder folder, Map<DeclaredFamily, Mapping> mappings) {
        var frozen = new ArrayList<FrozenMapping>();
        var former = new ArrayList<FrozenMapping>();
        mappings.forEach((family, mapping) -> {
            var source = MappingReading.words(family.rule().mapping());
            frozen.add(FrozenMappings.write(documents, folder, family.name(), source, mapping));
            for (var ids = mapping.former(); ids.isPresent(); ids = ids.get().former()) {
                former.add(FrozenMappings.write(documents, folder, family.name(), "earlier runs", ids.get()));
            }
        });
        var _ = documents.create(folder.mappings(), new FrozenMappings(1, frozen, former));
    }
}
