package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.Problem;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    List<Problem> freeze(RunFolder folder, Plan plan, MappingFiles files, Supplier<List<RunId>> earlier) {
        var families = plan.declared().families();
        if (families.isEmpty() || documents.bytes(folder.mappings()).isPresent()) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        var mappings = new LinkedHashMap<DeclaredFamily, Mapping>();
        for (var family : families) {
            long taken = mappings.values().stream().mapToLong(Mapping::bytes).sum();
            mappings.put(family, read(family, plan, files, taken, earlier, problems));
        }
        if (problems.isEmpty()) {
            write(folder, mappings);
        }
        return problems;
    }

    private Mapping read(
            DeclaredFamily family,
            Plan plan,
            MappingFiles files,
            long taken,
            Supplier<List<RunId>> earlier,
            List<Problem> problems) {
        var reading = new MappingReading(family);
        var mapping = reading.read(() -> new TableSource(sides.of(plan.source()), invocation), files);
        if (replacedInPlace(plan).contains(family.name())) {
            mapping.forEachOverlap(mapping, (old, now) -> reading.faults().overlaps(old.canonical(), now.canonical()));
            overlapOfEarlier(family, mapping, earlier.get(), reading.faults());
        }
        if (taken + mapping.bytes() > Mapping.MOST_BYTES) {
            reading.faults().tooLargeTogether();
        }
        problems.addAll(reading.faults().problems());
        return mapping;
    }

    /** Families whose new ids take the place of old ones in records that stay: there, they are mapped again. */
    private static Set<FamilyName> replacedInPlace(Plan plan) {
        var families = new HashSet<FamilyName>();
        plan.tables().stream()
                .filter(table -> table.isInPlace())
                .flatMap(table -> table.references().stream())
                .filter(reference -> reference.as().isEmpty())
                .forEach(reference -> families.add(reference.family()));
        return families;
    }

    /** Records that an earlier run changed hold its new ids, and would be changed a second time. */
    private void overlapOfEarlier(DeclaredFamily family, Mapping mapping, List<RunId> earlier, MappingFaults faults) {
        var seen = new HashSet<>(Set.of(FrozenMappings.digest(mapping)));
        for (var run : earlier) {
            documents
                    .find(new RunFolder(run).mappings(), FrozenMappings.class)
                    .flatMap(found -> found.value().of(family.name()))
                    .filter(frozen -> seen.add(frozen.digest()))
                    .map(frozen -> FrozenMappings.load(documents, frozen, family.rule()))
                    .ifPresent(before -> before.forEachOverlap(
                            mapping, (old, now) -> faults.overlaps(run, old.canonical(), now.canonical())));
        }
    }

    /** The list comes last: with it, all of them are there. Of two attempts the first decides. */
    private void write(RunFolder folder, Map<DeclaredFamily, Mapping> mappings) {
        var frozen = new ArrayList<FrozenMappings.FrozenMapping>();
        mappings.forEach((family, mapping) -> frozen.add(FrozenMappings.write(
                documents,
                folder,
                family.name(),
                MappingReading.words(family.rule().mapping()),
                mapping)));
        var _ = documents.create(folder.mappings(), new FrozenMappings(1, frozen));
    }
}
