package dev.rekey.engine.undo;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what other rollbacks of a run have done in a segment. */
record EarlierRollbacks(Documents documents, RunFolder folder, TableName table, Segment segment) {
    private static final String END = ".json";

    /**
     * Those that have to be taken account of, in the order in which they went through the log. A rollback of the whole run
     * that keeps drift has checkpoints of its own, but not for what was rolled back in part before it.
     */
    List<EarlierRollback> before(Undoing undoing) {
        var earlier = new ArrayList<EarlierRollback>();
        undoing.earlier().stream()
                .filter(part -> !part.where().isEmpty() && part.includes(table))
                .map(part -> part.where())
                .filter(where -> !where.equals(undoing.where()))
                .distinct()
                .forEach(where -> earlier.add(find(Stage.undoing(where), Optional.of(LoggedScope.of(where)), where)));
        boolean afterTheWhole =
                undoing.drift() == Drift.OVERWRITE || !undoing.where().isEmpty();
        if (afterTheWhole) {
            earlier.add(find(Stage.ROLLBACK, Optional.empty(), Map.of()));
        }
        return earlier;
    }

    private EarlierRollback find(Stage stage, Optional<LoggedScope> scope, Map<String, String> where) {
        var checkpoint = documents
                .find(folder.checkpoint(stage, table, segment), Checkpoint.class)
                .map(Documents.Versioned::value);
        return new EarlierRollback(scope, checkpoint, kept(where));
    }

    /** Keys that a rollback of these records left alone and listed. */
    Set<String> kept(Map<String, String> where) {
        var lists = folder.key("drift/" + table + "/" + segment.folder() + "-").name();
        return keys(documents.list(lists).stream().filter(key -> isOf(where, key)));
    }

    /** Keys that a comparison after a rollback of these records found different, in this or another execution. */
    Set<String> foundDifferent(Map<String, String> where) {
        var segments = "/" + table + "/" + segment.folder() + "-";
        return keys(documents.list(folder.key(VerifyUndoneSegment.DIFFERENT).name()).stream()
                .filter(key -> key.name().contains(segments) && isOf(where, key)));
    }

    private Set<String> keys(Stream<ObjectKey> lists) {
        return lists.flatMap(
                        list -> Stream.of(documents.get(list, String[].class).value()))
                .collect(Collectors.toSet());
    }

    private static boolean isOf(Map<String, String> where, ObjectKey list) {
        return where.isEmpty()
                ? !list.name().contains(".rollback-where-")
                : list.name().endsWith(end(where));
    }

    /** Where a rollback lists keys of one page. */
    static ObjectKey list(RunFolder folder, String name, TableName table, Segment segment, int page, Undoing undoing) {
        return folder.key("%s/%s/%s-%08d%s".formatted(name, table, segment.folder(), page, end(undoing.where())));
    }

    private static String end(Map<String, String> where) {
        return where.isEmpty() ? END : "." + Stage.undoing(where).name() + END;
    }
}
