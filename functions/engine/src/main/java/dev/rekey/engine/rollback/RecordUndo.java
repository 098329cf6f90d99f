package dev.rekey.engine.rollback;

import dev.rekey.engine.record.RecordDigest;
import dev.rekey.engine.record.SameContent;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.WriteOutcome;
import dev.rekey.engine.table.Key;
import dev.rekey.engine.table.TableShape;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.undo.Logged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Undoes what we did to one target record: reads, compares with every digest that we logged, then deletes or restores on
 * condition of what was read, and puts back what it should not have touched.
 */
final class RecordUndo {
    private final Tables tables;
    private final TableShape shape;
    private final Turn turn;

    RecordUndo(Tables tables, TableShape shape, Turn turn) {
        this.tables = tables;
        this.shape = shape;
        this.turn = turn;
    }

    /** @param found what the target holds now; empty if nothing */
    Undone undo(Key key, Logged logged, Optional<Map<String, AttributeValue>> found) {
        var patience = turn.patience();
        var current = found;
        for (int failures = 0; ; failures++) {
            var settled = withoutWriting(logged, current);
            if (settled.isPresent()) {
                return settled.get();
            }
            // A write begun after the turn could end after its lease has run out.
            if (turn.isOver()) {
                throw slowedDown();
            }
            var read = current.orElseThrow();
            switch (write(key, logged, read)) {
                case WriteOutcome.Done done -> {
                    return asRead(read, done.old()) ? done(logged) : compensated(key, logged, done.old());
                }
                case WriteOutcome.ConditionFailed failed -> current = failed.found();
                case WriteOutcome.Throttled _ -> {}
                case WriteOutcome.Unknown _ -> current = read(key);
            }
            if (!patience.pause(failures)) {
                throw slowedDown();
            }
        }
    }

    private static Optional<Undone> withoutWriting(Logged logged, Optional<Map<String, AttributeValue>> found) {
        if (found.isEmpty()) {
            // Deleted by somebody, or never written. Where nothing stood before, that is as it was.
            return Optional.of(logged.before().isEmpty() ? Undone.UNCHANGED : Undone.DRIFT);
        }
        var there = found.get();
        if (logged.before().filter(image -> SameContent.same(image, there)).isPresent()) {
            return Optional.of(Undone.UNCHANGED);
        }
        return logged.digests().contains(RecordDigest.of(there)) ? Optional.empty() : Optional.of(Undone.DRIFT);
    }

    private WriteOutcome write(Key key, Logged logged, Map<String, AttributeValue> read) {
        var expected = new Expected.Attributes(read);
        return logged.before()
                .map(image -> tables.put(shape.table(), image, expected))
                .orElseGet(() -> tables.delete(shape.table(), key, expected));
    }

    private static Undone done(Logged logged) {
        return logged.before().isPresent() ? Undone.RESTORED : Undone.DELETED;
    }

    private static boolean asRead(Map<String, AttributeValue> read, Optional<Map<String, AttributeValue>> old) {
        return old.filter(image -> SameContent.same(image, read)).isPresent();
    }

    /**
     * The old image is not what was read: somebody changed what the condition could not see. Their record goes back,
     * unless they have written anew since.
     */
    private Undone compensated(Key key, Logged logged, Optional<Map<String, AttributeValue>> old) {
        if (old.isEmpty()) {
            return done(logged);
        }
        var expected = logged.before().<Expected>map(Expected.Attributes::new).orElseGet(Expected.Absent::new);
        var patience = turn.patience();
        for (int failures = 0; ; failures++) {
            switch (tables.urgent().put(shape.table(), old.get(), expected)) {
                case WriteOutcome.Done _, WriteOutcome.ConditionFailed _ -> {
                    return Undone.DRIFT;
                }
                case WriteOutcome.Throttled _ -> {}
                case WriteOutcome.Unknown _ -> {
                    if (asRead(old.get(), read(key))) {
                        return Undone.DRIFT;
                    }
                }
            }
            if (!patience.pause(failures)) {
                throw slowedDown();
            }
        }
    }

    private Optional<Map<String, AttributeValue>> read(Key key) {
        var answer = turn.patience().persist(() -> {
            var read = tables.read(shape.table(), List.of(key));
            if (!read.unprocessed().isEmpty()) {
                throw slowedDown();
            }
            return read;
        });
        return answer.items().stream().findFirst();
    }

    private StoreException slowedDown() {
        return new StoreException(
                StoreException.Kind.THROTTLED,
                "Cannot undo a record of " + shape.table() + ": the table asks to slow down. The record is logged. The"
                        + " rollback goes on by itself; raise the table's write capacity to speed it up.");
    }
}
