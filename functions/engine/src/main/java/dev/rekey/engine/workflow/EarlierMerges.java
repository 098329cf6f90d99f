package dev.rekey.engine.workflow;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The merges of earlier runs that count: those that were carried out in the tables of the plan as they are now, as far as that
 * was not taken back. A run of the whole plan has carried out all that it decided; of any other, its log shows it.
 *
 * @param tables of the plan, on both sides
 */
record EarlierMerges(Documents documents, EarlierRuns earlier, Map<TableName, Shapes> tables) {
    /** Merges of records of {@code table}, those of the newest run first. */
    List<Merged> of(TablePlan table) {
        var counting = new ArrayList<Merged>();
        var merged = new HashSet<OldId>();
        // What a run adopted needs no proof of its own if the run that decided it counts: so these come first.
        for (var run : earlier.all().reversed()) {
            var of = of(table, run, merged);
            of.forEach(one -> merged.add(one.merged()));
            counting.addAll(0, of);
        }
        return counting;
    }

    private List<Merged> of(TablePlan table, EarlierRun run, Set<OldId> known) {
        if (!run.knew(table.name(), tables.get(table.name()))) {
            return List.of();
        }
        var decided = FrozenMerges.kept(documents, run.folder()).orElse(FrozenMerges.NONE).of(table.family()).stream()
                .filter(one -> one.origin() != Origin.EARLIER_RUN || !known.contains(one.merged()))
                .toList();
        boolean whole = run.isWhole() && isInTheseTables(run);
        var sure = decided.stream()
                .filter(one -> whole && one.origin() != Origin.EARLIER_RUN)
                .toList();
        return sure.size() == decided.size() ? sure : shown(table, run, decided, new HashSet<>(sure));
    }

    private List<Merged> shown(TablePlan table, EarlierRun run, List<Merged> decided, Set<Merged> sure) {
        var log = RewrittenIds.of(documents, run, tables);
        var doubtful = decided.stream().filter(one -> !sure.contains(one)).toList();
        var merged = log.written(table.family(), ids(doubtful, Merged::merged));
        merged.addAll(log.marked(table.family(), ids(doubtful, Merged::merged)));
        // What was merged away was not copied; that into which it was merged was.
        var survivors = log.copied(table.family(), ids(doubtful, Merged::survivor));
        return decided.stream()
                .filter(one ->
                        sure.contains(one) || merged.contains(one.merged()) || survivors.contains(one.survivor()))
                .toList();
    }

    private static Set<OldId> ids(List<Merged> merges, Function<Merged, OldId> id) {
        return merges.stream().map(id).collect(Collectors.toSet());
    }

    private boolean isInTheseTables(EarlierRun run) {
        return run.manifest().named().stream()
                .filter(tables::containsKey)
                .allMatch(table -> run.knew(table, tables.get(table)));
    }
}
