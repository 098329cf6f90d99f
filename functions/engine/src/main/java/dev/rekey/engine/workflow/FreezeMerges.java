package dev.rekey.engine.workflow;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.OnMissing;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the merges that are known when a run is prepared into the run: those of the plan, and those of its earlier runs,
 * whose records must never become survivors again.
 */
record FreezeMerges(Documents documents) {
    /**
     * @param tables of the plan
     * @param earlier runs of the plan
     * @return what is wrong with the merges; then nothing is frozen
     */
    List<Problem> freeze(
            RunFolder folder, Plan plan, Map<TableName, Shapes> tables, FilesOfPlan files, EarlierRuns earlier) {
        if (!plan.merges() || documents.bytes(folder.decidedMerges()).isPresent()) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        var merges = new ArrayList<Merged>();
        var standing = new EarlierMerges(documents, earlier, tables);
        for (var table : plan.tables()) {
            if (table.merge().isPresent()) {
                var self =
                        KeyRoles.self(table, tables.get(table.name()).source()).orElseThrow();
                merges.addAll(new OfTable(table, self.type(), problems).merged(files, standing.of(table)));
            }
        }
        if (problems.isEmpty()) {
            new FrozenMerges(merges).decide(documents, folder);
        }
        return problems;
    }

    private static final class OfTable {
        private final TablePlan table;
        private final KeyType type;
        private final List<Problem> problems;
        private final Map<OldId, OldId> into = new LinkedHashMap<>();
        /** What the plan itself says. */
        private final Map<OldId, OldId> asked = new LinkedHashMap<>();

        private final Map<OldId, Origin> origins = new LinkedHashMap<>();

        /** @param type of the ids of the table's records */
        OfTable(TablePlan table, KeyType type, List<Problem> problems) {
            this.table = table;
            this.type = type;
            this.problems = problems;
        }

        /** @param standing those of earlier runs that count; of several runs, those of the newest first */
        List<Merged> merged(FilesOfPlan files, List<Merged> standing) {
            standing.forEach(one -> add(one.merged(), one.survivor(), Origin.EARLIER_RUN));
            table.merge().orElseThrow().into().ifPresent(source -> decided(source, files));
            return switch (Survivors.of(into)) {
                case Survivors.Resolved.Ends(var survivors) -> resolved(survivors);
                case Survivors.Resolved.Endless(var circles) -> {
                    circles.forEach(this::endless);
                    yield List.of();
                }
            };
        }

        private FamilyName family() {
            return table.family();
        }

        private String path() {
            return "tables." + table.name() + ".merge";
        }

        private void decided(MappingSource source, FilesOfPlan files) {
            var types = new IdentityRule.Lookup.Types(type, type);
            var rule = new IdentityRule.Lookup(types, source, true, Optional.empty(), OnMissing.FAIL);
            var reading = new MappingReading(new DeclaredFamily(family(), rule), path());
            // A plan cannot name a table here.
            var mapping = reading.read(
                    () -> {
                        throw new IllegalStateException("merges are not read from a table");
                    },
                    files);
            problems.addAll(reading.problems());
            mapping.forEach((merged, survivor) -> {
                asked.put(merged, survivor);
                add(merged, survivor, Origin.PLAN);
            });
        }

        /** Of several runs the newest counts: it has followed the merges of those before it to their ends. */
        private void add(OldId merged, OldId survivor, Origin origin) {
            if (into.putIfAbsent(merged, survivor) == null) {
                origins.put(merged, origin);
            }
        }

        private List<Merged> resolved(Survivors survivors) {
            asked.forEach((merged, survivor) -> {
                if (!survivors.of(merged).equals(survivors.of(survivor))) {
                    problem(
                            "merge.two-survivors",
                            "An earlier run merged " + merged.canonical() + " into "
                                    + into.get(merged).canonical() + ", and the plan merges it into "
                                    + survivor.canonical() + ".",
                            "Merge both survivors into one, or roll back the earlier run.");
                }
            });
            return survivors.byMerged().entrySet().stream()
                    .map(one -> new Merged(family(), one.getKey(), one.getValue(), origins.get(one.getKey())))
                    .toList();
        }

        private void endless(List<OldId> circle) {
            var first = circle.getFirst().canonical();
            problem(
                    "merge.circle",
                    circle.size() == 1
                            ? "Record " + first + " is merged into itself."
                            : "The merges of "
                                    + String.join(
                                            ", ",
                                            circle.stream()
                                                    .map(OldId::canonical)
                                                    .toList())
                                    + " lead back to " + first + ".",
                    "Remove one of the merges.");
        }

        private void problem(String id, String message, String hint) {
            problems.add(new Problem(Severity.ERROR, id, path(), message, hint));
        }
    }
}
