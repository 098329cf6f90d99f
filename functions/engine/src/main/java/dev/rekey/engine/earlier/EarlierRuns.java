package dev.rekey.engine.earlier;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The runs of a plan that came before another: those that have migrated and were not rolled back. What each of them counts
 * for, {@link EarlierRun} says.
 *
 * @param all newest first
 */
public record EarlierRuns(List<EarlierRun> all) {
    public static final EarlierRuns NONE = new EarlierRuns(List.of());

    public EarlierRuns {
        all = List.copyOf(all);
    }

    /** Those before {@code before}. Where there are none, it takes one listing. */
    public static EarlierRuns of(Documents documents, PlanName plan, RunId before) {
        return of(
                documents,
                in(Phase.MIGRATED, documents, plan, run -> run.value().compareTo(before.value()) < 0));
    }

    /** Likewise those that came after {@code run}: what they did is theirs where that is verified. */
    public static EarlierRuns after(Documents documents, PlanName plan, RunId run) {
        return of(
                documents,
                in(Phase.MIGRATED, documents, plan, other -> other.value().compareTo(run.value()) > 0));
    }

    /** Those before {@code before} that were rolled back, newest first. */
    public static List<RunId> rolledBack(Documents documents, PlanName plan, RunId before) {
        return in(Phase.ROLLED_BACK, documents, plan, run -> run.value().compareTo(before.value()) < 0);
    }

    /** Those of {@code runs} that read these tables of their plan, whatever became of them. */
    public static List<RunId> thatRead(Map<TableName, TableShape> sources, Documents documents, List<RunId> runs) {
        return runs.stream()
                .filter(run -> new EarlierRun(documents, run).read(sources))
                .toList();
    }

    private static List<RunId> in(Phase phase, Documents documents, PlanName plan, Predicate<RunId> wanted) {
        var prefix = RunFolder.ofPlanPrefix(plan);
        var runs = documents.list(prefix).stream()
                .map(key -> new RunId(key.name().substring(prefix.length())))
                .filter(wanted)
                .sorted(Comparator.comparing(RunId::value).reversed())
                .toList();
        return documents
                .each(runs, run -> isIn(phase, documents, run) ? Optional.of(run) : Optional.<RunId>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those that were found when {@code run} was prepared. */
    public static EarlierRuns of(Documents documents, Manifest run) {
        return of(documents, run.earlier());
    }

    private static EarlierRuns of(Documents documents, List<RunId> newestFirst) {
        return new EarlierRuns(
                newestFirst.stream().map(run -> new EarlierRun(documents, run)).toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<RunId> ids() {
        return all.stream().map(EarlierRun::id).toList();
    }

    /** Those that wrote to {@code target} as the plan's {@code table}, if that was not taken back as a whole. */
    public List<EarlierRun> writersOf(TableName table, TableShape target) {
        return all.stream().filter(run -> run.counts(table, target)).toList();
    }

    /** Those of the part of the plan whose records have these values; all for none. */
    public EarlierRuns ofPart(Map<String, String> where) {
        return where.isEmpty()
                ? this
                : new EarlierRuns(
                        all.stream().filter(run -> run.isOfPart(where)).toList());
    }

    /** Whether one of them created the record {@code key} for references to it. */
    public boolean created(TableName table, Key key) {
        return all.stream().anyMatch(run -> run.created(table, key));
    }

    private static boolean isIn(Phase phase, Documents documents, RunId run) {
        return documents
                .find(new RunFolder(run).control(), Control.class)
                .map(Versioned::value)
                .filter(control -> control.phase() == phase)
                .isPresent();
    }
}
