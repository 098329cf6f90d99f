package dev.rekey.engine.undo;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what other rollbacks of a run have done in a segment. */
record EarlierRollbacks(Documents documents, RunFolder folder, TableName table, Segment segment) {
    /** Lists of what a rollback left alone, with what a comparison after it found different. */
    static final String DRIFT = "drift";
    /** Lists of what a rollback that overwrites drift left alone all the same, and of what was found different. */
    static final String UNRESTORED = "unrestored";

    /** Those that have to be taken account of. Whatever any of them has passed and not left alone is others' by now. */
    List<EarlierRollback> before(Undoing undoing) {
        var earlier = new ArrayList<EarlierRollback>();
        undoing.earlier().stream()
                .filter(part -> !part.where().isEmpty() && part.includes(table))
                .map(part -> part.where())
                .filter(where -> !where.equals(undoing.where()))
                .distinct()
                .forEach(where -> earlier.add(find(Stage.undoing(where), Optional.of(LoggedScope.of(where)), DRIFT)));
        undoing.kept().forEach(stage -> earlier.add(find(stage, Optional.empty(), DRIFT)));
        undoing.overwritten().forEach(stage -> earlier.add(find(stage, Optional.empty(), UNRESTORED)));
        return earlier;
    }

    private EarlierRollback find(Stage stage, Optional<LoggedScope> scope, String list) {
        var checkpoint = documents
                .find(folder.checkpoint(stage, table, segment), Checkpoint.class)
                .map(Documents.Versioned::value);
        return new EarlierRollback(scope, checkpoint, keys(list, stage));
    }

    /** Keys that the rollback of a stage left alone. */
    Set<String> kept(Stage stage) {
        return keys(DRIFT, stage);
    }

    /** Keys that a comparison after the rollback of a stage found different, in this or another execution. */
    Set<String> foundDifferent(Stage stage) {
        var segments = "/" + table + "/" + segment.folder() + "-";
        return keys(
                documents.list(folder.key(VerifyUndoneSegment.DIFFERENT).name()).stream()
                        .filter(key -> key.name().contains(segments)),
                stage);
    }

    private Set<String> keys(String list, Stage stage) {
        return keys(
                documents
                        .list(folder.key(list + "/" + table + "/" + segment.folder() + "-")
                                .name())
                        .stream(),
                stage);
    }

    private Set<String> keys(Stream<ObjectKey> lists, Stage stage) {
        return lists.filter(key -> stage.wrote(key.name()))
                .flatMap(list -> Stream.of(documents.get(list, String[].class).value()))
                .collect(Collectors.toSet());
    }

    /** Where a rollback lists keys of one page. */
    static ObjectKey list(RunFolder folder, String name, TableName table, Segment segment, int page, Undoing undoing) {
        return folder.key("%s/%s/%s-%08d%s"
                .formatted(name, table, segment.folder(), page, undoing.stage().listEnd()));
    }
}
