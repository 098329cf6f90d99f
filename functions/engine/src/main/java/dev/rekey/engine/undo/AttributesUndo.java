package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Undoes an update of one record: gives the attributes that it touched what they held before, on condition that all of them
 * are what was read. If somebody else changed one of them, the others stay as they are too: a record of which a half is
 * restored would mix old identities with new ones.
 */
record AttributesUndo(Tables tables, TableShape shape, Drift drift, LostAnswers lost, Invocation invocation) {

    /** @param found what the table holds now; empty if nothing */
    Undone undo(Key key, Logged logged, Map<String, Touched> touched, Optional<Map<String, AttributeValue>> found) {
        var tries = new Tries(key, logged, touched, found);
        return invocation.backoff().until(tries::attempt, () -> RecordUndo.slowedDown(shape.table()));
    }

    /** What became of the record if nothing has to be written. */
    static Optional<Undone> withoutWriting(
            Logged logged,
            Map<String, Touched> touched,
            Optional<Map<String, AttributeValue>> found,
            Drift drift,
            Instant now) {
        if (found.isEmpty()) {
            // Of a record that is gone only the attributes are known, and they alone make none.
            return Optional.of(logged.mayHaveExpired(now) ? Undone.UNCHANGED : Undone.DRIFT);
        }
        var record = found.get();
        if (touched.entrySet().stream().allMatch(one -> one.getValue().isBefore(Touched.of(record, one.getKey())))) {
            return Optional.of(Undone.UNCHANGED);
        }
        return switch (drift) {
            case KEEP -> isDrift(logged, touched, found, now) ? Optional.of(Undone.DRIFT) : Optional.empty();
            case OVERWRITE -> Optional.empty();
        };
    }

    /** Whether somebody else deleted the record, or gave one of the attributes another value. */
    static boolean isDrift(
            Logged logged, Map<String, Touched> touched, Optional<Map<String, AttributeValue>> found, Instant now) {
        return found.map(record -> touched.entrySet().stream().anyMatch(one -> {
                    var value = Touched.of(record, one.getKey());
                    return !one.getValue().isBefore(value) && !one.getValue().isOurs(value);
                }))
                .orElseGet(() -> !logged.mayHaveExpired(now));
    }

    /** What is known of a record between two tries to undo its update. */
    private final class Tries {
        private final Key key;
        private final Logged logged;
        private final Map<String, Touched> touched;
        private Optional<Map<String, AttributeValue>> current;
        private boolean overTheirs;

        Tries(Key key, Logged logged, Map<String, Touched> touched, Optional<Map<String, AttributeValue>> found) {
            this.key = key;
            this.logged = logged;
            this.touched = touched;
            this.current = found;
        }

        Optional<Undone> attempt() {
            var settled = withoutWriting(logged, touched, current, drift, now());
            if (settled.isPresent()) {
                return overTheirs && settled.get() == Undone.UNCHANGED ? Optional.of(Undone.OVERWRITTEN) : settled;
            }
            // A write begun after the invocation could end after its lease has run out.
            if (invocation.isOver()) {
                throw RecordUndo.slowedDown(shape.table());
            }
            try {
                return restored();
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.INVALID) {
                    throw e;
                }
                // Others let the record grow, or gave an index another key: what was there before has no place any
                // more.
                return Optional.of(Undone.DRIFT);
            }
        }

        private Optional<Undone> restored() {
            boolean theirs = isDrift(logged, touched, current, now());
            return switch (tables.update(Restoring.of(shape, key, touched, current.orElseThrow()))) {
                case WriteOutcome.Done _ -> Optional.of(theirs ? Undone.OVERWRITTEN : Undone.RESTORED);
                case WriteOutcome.ConditionFailed failed -> next(failed.found());
                case WriteOutcome.Throttled _ -> Optional.empty();
                case WriteOutcome.Unknown _ -> {
                    lost.note();
                    overTheirs |= theirs;
                    yield next(Optional.ofNullable(new KeyReader(tables, shape, invocation)
                            .read(List.of(key))
                            .get(key)));
                }
            };
        }

        private Optional<Undone> next(Optional<Map<String, AttributeValue>> found) {
            current = found;
            return Optional.empty();
        }
    }

    private Instant now() {
        return invocation.time().instant();
    }
}
