package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.History;
import dev.rekey.engine.store.Documents;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells records of ours that somebody else deleted from those that we never wrote, or have deleted ourselves: all of them
 * are not there. Only what is certain is told.
 */
record Vanished(Documents documents, RunFolder folder, Place place, Instant now) {

    /**
     * @param unit the table whose copy holds the table's records
     * @param undoing the rollback that asks
     */
    record Place(TableName table, TableName unit, Segment segment, Undoing undoing) {}

    /**
     * Those of {@code absent} that somebody else deleted.
     *
     * @param batch the last attempt to write them
     * @param absent keys where nothing stands, and nothing stood before us
     */
    Set<Key> among(LogBatch batch, Set<Key> absent) {
        return absent.isEmpty() || !isWritten(batch) || isUndoneOtherwise()
                ? Set.of()
                : batch.entries().stream()
                        .filter(entry -> absent.contains(entry.key()) && isToStay(entry))
                        .map(LogEntry::key)
                        .collect(Collectors.toSet());
    }

    /** Whether no part of the page can have been undone before: each unfinished attempt is counted. */
    static boolean isFirstAttempt(Checkpoint at, boolean redone) {
        return !redone
                || at.history()
                        .map(History::retries)
                        .filter(retries -> retries == 0)
                        .isPresent();
    }

    /** What the copy went on from is in the target. */
    private boolean isWritten(LogBatch batch) {
        return find(Stage.COPY, place.unit())
                .filter(copied -> batch.header().place().page() < copied.page())
                .isPresent();
    }

    /** An earlier rollback that overwrote drift has deleted what it met; so may one that stopped in the middle of a page. */
    private boolean isUndoneOtherwise() {
        return place.undoing().overwritten().stream()
                        .anyMatch(stage -> find(stage, place.table()).isPresent())
                || place.undoing().kept().stream()
                        .flatMap(stage -> find(stage, place.table()).stream())
                        .anyMatch(earlier -> !earlier.done());
    }

    private Optional<Checkpoint> find(Stage stage, TableName table) {
        return documents
                .find(folder.checkpoint(stage, table, place.segment()), Checkpoint.class)
                .map(Documents.Versioned::value);
    }

    /** DynamoDB itself deletes what has expired. */
    private boolean isToStay(LogEntry entry) {
        return entry.operation().writes()
                && entry.expires().filter(expiry -> expiry.hasPassed(now)).isEmpty();
    }
}
