package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Undoes what we did to one target record: reads, compares with every digest that we logged, then deletes or restores on
 * condition of what was read, and puts back what it should not have touched.
 */
record RecordUndo(Tables tables, TableShape shape, Drift drift, LostAnswers lost, Invocation invocation) {

    /** @param found what the target holds now; empty if nothing */
    Undone undo(Key key, Logged logged, Optional<Map<String, AttributeValue>> found) {
        if (logged.operation() instanceof Operation.Update update) {
            return new AttributesUndo(tables, shape, drift, lost, invocation)
                    .undo(key, logged, update.touched(), found);
        }
        var tries = new Tries(key, logged, found);
        return invocation.backoff().until(tries::attempt, this::slowedDown);
    }

    /** What is known of a record between two tries to undo it. */
    private final class Tries {
        private final Key key;
        private final Logged logged;
        private Optional<Map<String, AttributeValue>> current;
        private boolean overTheirs;

        Tries(Key key, Logged logged, Optional<Map<String, AttributeValue>> found) {
            this.key = key;
            this.logged = logged;
            this.current = found;
        }

        Optional<Undone> attempt() {
            var settled = withoutWriting(logged, current, drift, now());
            if (settled.isPresent()) {
                return overTheirs && settled.get() == Undone.UNCHANGED ? Optional.of(Undone.OVERWRITTEN) : settled;
            }
            // A write begun after the invocation could end after its lease has run out.
            if (invocation.isOver()) {
                throw slowedDown();
            }
            return switch (write(key, logged, current)) {
                case WriteOutcome.Done done -> Optional.of(settled(key, logged, current, done.old()));
                case WriteOutcome.ConditionFailed failed -> next(failed.found());
                case WriteOutcome.Throttled _ -> Optional.empty();
                case WriteOutcome.Unknown _ -> {
                    lost.note();
                    overTheirs |= isDrift(logged, current, now());
                    yield next(read(key, invocation.backoff()));
                }
            };
        }

        private Optional<Undone> next(Optional<Map<String, AttributeValue>> found) {
            current = found;
            return Optional.empty();
        }
    }

    /** What became of the record if nothing has to be written. */
    static Optional<Undone> withoutWriting(
            Logged logged, Optional<Map<String, AttributeValue>> found, Drift drift, Instant now) {
        if (logged.operation() instanceof Operation.Update update) {
            return AttributesUndo.withoutWriting(logged, update.touched(), found, drift, now);
        }
        // Where nothing stood before, that is as it was, whether somebody deleted it (see Vanished) or it was never
        // written.
        if (same(logged.before(), found)) {
            return Optional.of(Undone.UNCHANGED);
        }
        return switch (drift) {
            case KEEP -> isDrift(logged, found, now) ? Optional.of(Undone.DRIFT) : Optional.empty();
            case OVERWRITE -> Optional.empty();
        };
    }

    /**
     * Whether somebody else made the record what it is: it is neither as it was before nor what we wrote. What we wrote
     * may have expired; then what stood there before comes back.
     */
    static boolean isDrift(Logged logged, Optional<Map<String, AttributeValue>> found, Instant now) {
        if (logged.operation() instanceof Operation.Update update) {
            return AttributesUndo.isDrift(logged, update.touched(), found, now);
        }
        return !same(logged.before(), found)
                && !(found.isEmpty() && logged.mayHaveExpired(now))
                && !logged.hasLeft(found);
    }

    /** Whether the log holds enough to make the record what it was: of an update it holds only attributes. */
    static boolean canRestore(Logged logged, Optional<Map<String, AttributeValue>> found) {
        return found.isPresent() || !(logged.operation() instanceof Operation.Update);
    }

    private Instant now() {
        return invocation.time().instant();
    }

    private WriteOutcome write(Key key, Logged logged, Optional<Map<String, AttributeValue>> read) {
        var expected = expected(read);
        return logged.before()
                .map(image -> tables.put(shape.table(), image, expected))
                .orElseGet(() -> tables.delete(shape.table(), key, expected));
    }

    /** @param old what our write took the place of: more than the condition saw may have changed since it was read */
    private Undone settled(
            Key key,
            Logged logged,
            Optional<Map<String, AttributeValue>> read,
            Optional<Map<String, AttributeValue>> old) {
        boolean theirs = isDrift(logged, old, now());
        return switch (drift) {
            case OVERWRITE -> theirs ? Undone.OVERWRITTEN : done(logged);
            case KEEP ->
                theirs && old.isPresent() && !same(read, old)
                        ? compensated(key, logged.before(), old.get())
                        : done(logged);
        };
    }

    static Undone done(Logged logged) {
        return logged.before().isPresent() ? Undone.RESTORED : Undone.DELETED;
    }

    private static Expected expected(Optional<Map<String, AttributeValue>> content) {
        return content.<Expected>map(Expected.Attributes::new).orElseGet(Expected.Absent::new);
    }

    private static boolean same(
            Optional<Map<String, AttributeValue>> one, Optional<Map<String, AttributeValue>> other) {
        return one.isPresent() == other.isPresent()
                && one.filter(content -> !SameContent.same(content, other.orElseThrow()))
                        .isEmpty();
    }

    /**
     * The old image is not what was read: somebody changed what the condition could not see. Their record goes back,
     * unless they have written anew since; then that stays.
     *
     * @param ours what our write left
     */
    private Undone compensated(
            Key key, Optional<Map<String, AttributeValue>> ours, Map<String, AttributeValue> theirs) {
        // Only this process knows what stood there. It may be late: its condition is that there was no write since.
        var compensation = new Compensation(key, ours, theirs);
        return invocation.lastBackoff().until(compensation::attempt, this::slowedDown);
    }

    /** What is known of a record between two tries to put it back. */
    private final class Compensation {
        private final Key key;
        private Optional<Map<String, AttributeValue>> standing;
        private Map<String, AttributeValue> back;

        Compensation(Key key, Optional<Map<String, AttributeValue>> ours, Map<String, AttributeValue> theirs) {
            this.key = key;
            this.standing = ours;
            this.back = theirs;
        }

        Optional<Undone> attempt() {
            return switch (tables.urgent().put(shape.table(), back, expected(standing))) {
                case WriteOutcome.Done done -> {
                    if (same(standing, done.old())) {
                        yield Optional.of(Undone.DRIFT);
                    }
                    // They wrote anew where the condition could not see it: that goes back instead.
                    standing = Optional.of(back);
                    back = done.old().orElseThrow();
                    yield Optional.empty();
                }
                case WriteOutcome.ConditionFailed _ -> Optional.of(Undone.DRIFT);
                case WriteOutcome.Throttled _ -> Optional.empty();
                case WriteOutcome.Unknown _ -> {
                    lost.note();
                    yield same(standing, read(key, invocation.lastBackoff()))
                            ? Optional.empty()
                            : Optional.of(Undone.DRIFT);
                }
            };
        }
    }

    private Optional<Map<String, AttributeValue>> read(Key key, Backoff backoff) {
        var answer = backoff.retry(() -> {
            var read = tables.read(shape.table(), List.of(key));
            if (!read.unprocessed().isEmpty()) {
                throw slowedDown();
            }
            return read;
        });
        return answer.items().stream().findFirst();
    }

    private StoreException slowedDown() {
        return slowedDown(shape.table());
    }

    static StoreException slowedDown(PhysicalTable table) {
        return new StoreException(
                StoreException.Kind.THROTTLED,
                "Cannot undo a record of " + table
                        + ": the table throttles requests. The record is logged. The rollback continues by itself; increase the table's write capacity to speed it up.");
    }
}
