package dev.rekey.engine.analyze;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The list of what a migration would change, as an analysis leaves it in the bucket: one object for each page that was
 * read together, one line for each record.
 */
public final class ChangeList {
    private static final int EXAMPLES_OF_EACH = 5;
    private static final int MOST_EXAMPLES = 200;
    private static final int EXAMPLE_ATTRIBUTES = 10;
    private static final int EXAMPLE_VALUE = 200;
    /** So many objects are searched for examples: they may hold some megabytes each. */
    private static final int OBJECTS_SEARCHED = 64;

    private final Documents documents;
    private final Manifest run;

    /** @param run must list its changes */
    public ChangeList(Documents documents, Manifest run) {
        this.documents = documents;
        this.run = run;
    }

    /** What the keys of all objects begin with: gzipped, one {@link RecordChange} on each line. */
    public String prefix() {
        return prefix(new RunFolder(run.run()));
    }

    /** The same of a run that may have no list. */
    public static String prefix(RunFolder folder) {
        return folder.key("changes/").name();
    }

    /** How many records of each table are listed as what. */
    public Map<TableName, Map<ChangeKind, Long>> counts() {
        var counts = new TreeMap<TableName, Map<ChangeKind, Long>>();
        StageCheckpoints.of(documents, new RunFolder(run.run()), Stage.ANALYZE)
                .statistics()
                .forEach((table, statistics) -> counts.put(table, statistics.changes()));
        return counts;
    }

    /** Hands on {@code most} lines of the tables and kinds that are wanted: the first of each, as far as that goes. */
    public void first(long most, BiPredicate<TableName, ChangeKind> wanted, Consumer<RecordChange> line) {
        new Search(shares(wanted(counts(), wanted), most), most).in(Integer.MAX_VALUE, line);
    }

    private static Map<OfTable, Long> wanted(
            Map<TableName, Map<ChangeKind, Long>> counts, BiPredicate<TableName, ChangeKind> wanted) {
        var found = new LinkedHashMap<OfTable, Long>();
        counts.forEach((table, kinds) -> new TreeMap<>(kinds).forEach((kind, count) -> {
            if (count > 0 && wanted.test(table, kind)) {
                found.put(new OfTable(table, kind), count);
            }
        }));
        return found;
    }

    /** How many of each are shown, so that the large ones do not hide the small ones; at least one. */
    private static Map<OfTable, Long> shares(Map<OfTable, Long> counts, long most) {
        var shares = new HashMap<OfTable, Long>();
        var smallestFirst =
                counts.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
        long left = most;
        for (var one : smallestFirst) {
            long share = Math.max(1, Math.ceilDiv(left, counts.size() - shares.size()));
            shares.put(one.getKey(), Math.min(one.getValue(), share));
            left = Math.max(0, left - shares.get(one.getKey()));
        }
        return shares;
    }

    /** What a report shows of the list. */
    public static Optional<ChangeSummary> summary(Documents documents, Manifest run) {
        return run.options().changes().map(detail -> new ChangeList(documents, run).summary(detail));
    }

    private ChangeSummary summary(ChangeDetail detail) {
        var counts = counts();
        var examples = new ArrayList<RecordChange>();
        var wanted = wanted(counts, (_, kind) -> kind != ChangeKind.NOTHING);
        wanted.replaceAll((_, count) -> Math.min(count, EXAMPLES_OF_EACH));
        new Search(wanted, MOST_EXAMPLES)
                .in(OBJECTS_SEARCHED, one -> examples.add(one.shortened(EXAMPLE_ATTRIBUTES, EXAMPLE_VALUE)));
        return new ChangeSummary(detail, counts, List.copyOf(examples), prefix());
    }

    private record OfTable(TableName table, ChangeKind kind) {}

    /** Looks for lines until it has all that are wanted. */
    private final class Search {
        private final Map<OfTable, Long> missing;
        private long left;

        /** @param missing so many of each kind of each table are enough */
        Search(Map<OfTable, Long> missing, long most) {
            this.missing = missing;
            left = Math.min(
                    most, missing.values().stream().mapToLong(Long::longValue).sum());
        }

        void in(int objects, Consumer<RecordChange> line) {
            var units =
                    missing.keySet().stream().map(one -> run.unit(one.table())).collect(Collectors.toSet());
            var prefix = prefix();
            documents.list(prefix).stream()
                    .filter(key -> units.contains(new TableName(key.folderIn(prefix))))
                    .limit(objects)
                    .takeWhile(_ -> left > 0)
                    .forEach(key -> documents.eachLine(key, RecordChange.class, one -> take(one, line)));
        }

        private void take(RecordChange one, Consumer<RecordChange> line) {
            var kind = new OfTable(one.table(), one.kind());
            long more = missing.getOrDefault(kind, 0L);
            if (left > 0 && more > 0) {
                missing.put(kind, more - 1);
                left--;
                line.accept(one);
            }
        }
    }
}
