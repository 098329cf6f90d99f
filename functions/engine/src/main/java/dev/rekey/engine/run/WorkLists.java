package dev.rekey.engine.run;

import dev.rekey.core.plan.Merge;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists that Distributed Maps read. They follow from the manifest, so that another attempt writes the same. */
public record WorkLists(Documents documents) {
    /** A rollback looks for references to what the run has created, once it has undone all levels. */
    public static final int REFERRING = 0;

    /** Then it takes back what nothing refers to. */
    public static final int CREATED = -1;

    /** Writes all lists of a new run. Those that are there stay: a late attempt must not take ranges out of them again. */
    public void create(Manifest manifest, Plan plan) {
        var folder = new RunFolder(manifest.run());
        var lists = ofLevels(manifest);
        var analyze = new ArrayList<WorkItem>();
        for (int level = 1; level <= manifest.levels().size(); level++) {
            for (var name : manifest.units(level)) {
                if (name.givesIds()) {
                    analyze.addAll(scans(manifest, name, level));
                }
            }
            lists.put(folder.work("match-" + level), WorkItem.partitions(manifest.partitions(), level));
        }
        lists.put(folder.work("analyze"), largestFirst(manifest, analyze));
        if (plan.merges() || plan.creates()) {
            lists.put(folder.work("merge"), largestFirst(manifest, merge(manifest, plan)));
        }
        lists.put(folder.work("match"), WorkItem.partitions(manifest.partitions(), 0));
        if (manifest.lowestUndone() == CREATED) {
            var created = created(manifest);
            if (!idle(manifest).contains(REFERRING)) {
                lists.put(folder.work("level-" + REFERRING), referring(manifest, plan, created));
            }
            lists.put(folder.work("level-" + CREATED), created(manifest, created));
        }
        var _ = documents.each(List.copyOf(lists.keySet()), key -> documents.create(key, lists.get(key)));
    }

    private static List<WorkItem> scans(Manifest manifest, TableName name, int level) {
        return WorkItem.segments(
                name, WorkItem.SOURCE, manifest.table(name).sourceSegments().scans(), level);
    }

    /** Whether any table has to be read before it can be decided what is merged and what is created. */
    public static boolean looksForCandidates(Plan plan) {
        return plan.named().stream().anyMatch(WorkLists::hasCandidates);
    }

    private static boolean hasCandidates(TablePlan table) {
        return table.creates() || table.merge().flatMap(Merge::matching).isPresent();
    }

    /** The levels in which a run that takes itself back has nothing to do: nobody knows of what a test has created. */
    public static List<Integer> idle(Manifest manifest) {
        boolean looksForReferences =
                manifest.lowestUndone() == CREATED && !manifest.action().equals(Action.TEST.word());
        return looksForReferences || manifest.lowestUndone() > REFERRING ? List.of() : List.of(REFERRING);
    }

    /** The tables whose records may be found to match, or refer to records to create; those beside the run's scope too. */
    private static List<WorkItem> merge(Manifest manifest, Plan plan) {
        return plan.named().stream()
                .filter(WorkLists::hasCandidates)
                .map(TablePlan::unit)
                .distinct()
                .flatMap(name -> WorkItem.segments(name, WorkItem.MERGE, manifest.mergeSegments(name), 0).stream())
                .toList();
    }

    /** The parts of tables that hold records which the run creates. */
    private static Set<TableName> created(Manifest manifest) {
        return manifest.tables().keySet().stream().filter(TableName::isCreated).collect(Collectors.toSet());
    }

    /** Where records may refer to those of {@code created}: in tables beside the run's scope, too. */
    public static List<WorkItem> referring(Manifest manifest, Plan plan, Set<TableName> created) {
        return created.stream()
                .flatMap(table -> Levels.referring(plan, table.named()).stream())
                .filter(table -> !table.isPart())
                .map(table -> plan.table(table).unit())
                .distinct()
                .sorted()
                .flatMap(unit ->
                        WorkItem.segments(unit, WorkItem.REFERRING, manifest.referringSegments(unit), REFERRING)
                                .stream())
                .toList();
    }

    /** The work of taking back the records of {@code created}. */
    public static List<WorkItem> created(Manifest manifest, Set<TableName> created) {
        return created.stream()
                .sorted()
                .flatMap(table ->
                        WorkItem.segments(
                                table, WorkItem.SOURCE, manifest.table(table).allSegments(), CREATED)
                                .stream())
                .toList();
    }

    /** Writes those lists again that a level is copied and verified by, once the manifest has ranges. */
    public void divide(Manifest manifest) {
        var lists = ofLevels(manifest);
        var _ = documents.each(List.copyOf(lists.keySet()), key -> {
            documents.put(key, lists.get(key));
            return key;
        });
    }

    private static Map<ObjectKey, List<WorkItem>> ofLevels(Manifest manifest) {
        var folder = new RunFolder(manifest.run());
        var lists = new LinkedHashMap<ObjectKey, List<WorkItem>>();
        for (int level = 1; level <= manifest.levels().size(); level++) {
            var copy = new ArrayList<WorkItem>();
            var verify = new ArrayList<WorkItem>();
            for (var name : manifest.units(level)) {
                var table = manifest.table(name);
                copy.addAll(WorkItem.segments(name, WorkItem.SOURCE, table.allSegments(), level));
                verify.addAll(WorkItem.segments(name, WorkItem.SOURCE, table.allSegments(), level));
                verify.addAll(WorkItem.segments(
                        name, WorkItem.TARGET, table.targetSegments().all(), level));
            }
            lists.put(folder.work("level-" + level), largestFirst(manifest, copy));
            lists.put(folder.work("verify-" + level), largestFirst(manifest, verify));
        }
        return lists;
    }

    /** So that no worker begins with the longest work when the others are about to end. */
    private static List<WorkItem> largestFirst(Manifest manifest, List<WorkItem> items) {
        return items.stream()
                .sorted(Comparator.comparingLong((WorkItem item) -> bytes(manifest, item))
                        .reversed())
                .toList();
    }

    private static long bytes(Manifest manifest, WorkItem item) {
        var table = manifest.tables().get(item.table().orElseThrow());
        return table == null ? 0 : table.probe().estimatedBytes() / item.of();
    }
}
