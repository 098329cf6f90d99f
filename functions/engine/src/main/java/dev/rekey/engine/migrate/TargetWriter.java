package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.migrate.Classified.Write;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the rows of a page whose undo records are durable. */
final class TargetWriter {
    private final Tables tables;
    private final TableShape shape;
    private final KeyReader reader;
    private final Invocation invocation;
    private final Predicate<Row> strangersPossible;
    private final Answers answers;
    private final LostAnswers lost = new LostAnswers();

    /**
     * @param strangersPossible whether somebody else may write under the key that we create; if not, an absent record is
     *     created in a batch, without a condition
     * @param answers takes down what the target answers
     */
    TargetWriter(
            Tables tables, TableShape shape, Invocation invocation, Predicate<Row> strangersPossible, Answers answers) {
        this.tables = tables;
        this.shape = shape;
        this.reader = new KeyReader(tables, shape, invocation);
        this.invocation = invocation;
        this.strangersPossible = strangersPossible;
        this.answers = answers;
    }

    /** Writes all of {@code rows}; false if a target record changed since it was read, so that the page begins again. */
    boolean write(List<Classified> rows) {
        var batched = new ArrayList<Classified>();
        var work = new ArrayList<Supplier<Boolean>>();
        for (var row : rows) {
            switch (row.write()) {
                case Write.Nothing _ -> {}
                case Write.Create _ when !strangersPossible.test(row.row()) -> batched.add(row);
                case Write.Create _ -> work.add(() -> write(new Single(row.row(), true, Optional.empty())));
                case Write.Replace(var found) -> work.add(() -> write(new Single(row.row(), true, Optional.of(found))));
                case Write.Delete(var found) -> work.add(() -> write(new Single(row.row(), false, Optional.of(found))));
            }
        }
        for (int from = 0; from < batched.size(); from += Tables.WRITE_BATCH) {
            var batch = batched.subList(from, Math.min(batched.size(), from + Tables.WRITE_BATCH));
            work.add(() -> putAll(batch.stream().map(Classified::row).toList()));
        }
        return lost.guard(() -> invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE)).stream()
                .allMatch(done -> done);
    }

    private boolean putAll(List<Row> rows) {
        var batch = new Batch();
        invocation.backoff().untilNoneLeft(rows, batch::put, () -> unfinished(batch.answersLost));
        return !batch.metStranger;
    }

    /** What is known of a batch between two of its requests. */
    private final class Batch {
        private boolean answersLost;
        private boolean metStranger;

        /** What is left of {@code rows}: nothing, once a stranger's record was met. */
        List<Row> put(List<Row> rows) {
            requireTime(answersLost);
            try {
                var items = rows.stream().map(Row::item).toList();
                return withKeysOf(rows, tables.putAll(shape.table(), items).unprocessed());
            } catch (StoreException e) {
                return switch (e.kind()) {
                    case THROTTLED -> rows;
                    case UNAVAILABLE -> absent(rows);
                    case DENIED, MISSING, INVALID -> throw e;
                };
            }
        }

        private List<Row> absent(List<Row> rows) {
            answersLost = true;
            lost.note();
            rows.forEach(row -> answers.lost(row.newKey()));
            var found = reader.read(rows.stream().map(Row::newKey).toList());
            metStranger = rows.stream().anyMatch(row -> isStranger(row, found.get(row.newKey())));
            return metStranger
                    ? List.of()
                    : rows.stream()
                            .filter(row -> !found.containsKey(row.newKey()))
                            .toList();
        }
    }

    private List<Row> withKeysOf(List<Row> rows, List<Map<String, AttributeValue>> items) {
        var keys = items.stream().map(shape::keyOf).toList();
        return rows.stream().filter(row -> keys.contains(row.newKey())).toList();
    }

    private static boolean isStranger(Row row, Map<String, AttributeValue> found) {
        return found != null && !SameContent.same(found, row.item());
    }

    private boolean write(Single one) {
        return invocation.backoff().until(one::write, () -> unfinished(one.answersLost));
    }

    /** What is known of a record between two tries to write it on condition. */
    private final class Single {
        private final Row row;
        /** What shall stand there; empty if nothing. */
        private final Optional<Map<String, AttributeValue>> wanted;

        private final Optional<Map<String, AttributeValue>> asRead;
        private boolean answersLost;

        /**
         * @param stays whether the record is put there, and not deleted
         * @param asRead what stood there, and is expected to
         */
        Single(Row row, boolean stays, Optional<Map<String, AttributeValue>> asRead) {
            this.row = row;
            this.wanted = Optional.of(row.item()).filter(_ -> stays);
            this.asRead = asRead;
            this.answersLost = answers.wasLost(row.newKey());
        }

        /** Whether it is written; empty if that is not decided. */
        Optional<Boolean> write() {
            requireTime(answersLost);
            var expected = expected(asRead);
            var outcome = wanted.map(item -> tables.put(shape.table(), item, expected))
                    .orElseGet(() -> tables.delete(shape.table(), row.newKey(), expected));
            return switch (outcome) {
                case WriteOutcome.Done done ->
                    Optional.of(asRead.isEmpty() || replacedWhatWasRead(wanted, asRead.get(), done.old()));
                case WriteOutcome.ConditionFailed failed -> Optional.of(isOurs(failed.found()));
                case WriteOutcome.Throttled _ -> Optional.empty();
                case WriteOutcome.Unknown _ -> afterLostAnswer();
            };
        }

        /** A condition that failed after an answer was lost may have failed on our own record. */
        private boolean isOurs(Optional<Map<String, AttributeValue>> found) {
            if (answersLost) {
                return sameAs(wanted, found);
            }
            answers.conditionFailed(row.newKey());
            return false;
        }

        private Optional<Boolean> afterLostAnswer() {
            answersLost = true;
            lost.note();
            answers.lost(row.newKey());
            var found = Optional.ofNullable(reader.read(List.of(row.newKey())).get(row.newKey()));
            if (sameAs(wanted, found)) {
                return Optional.of(true);
            }
            return sameAs(asRead, found) ? Optional.empty() : Optional.of(false);
        }
    }

    /**
     * The condition cannot see attributes that somebody added since we read, nor those beyond the length of an
     * expression: then their record goes back and the page begins again.
     */
    private boolean replacedWhatWasRead(
            Optional<Map<String, AttributeValue>> ours,
            Map<String, AttributeValue> asRead,
            Optional<Map<String, AttributeValue>> old) {
        if (old.isEmpty() || SameContent.same(old.get(), asRead)) {
            return true;
        }
        putBack(old.get(), ours);
        return false;
    }

    /** @param ours what our write left there */
    private void putBack(Map<String, AttributeValue> old, Optional<Map<String, AttributeValue>> ours) {
        // Only this process knows what stood there. It may be late: its condition is that our very record stands there.
        var answersLost = new AtomicBoolean();
        var _ = invocation
                .lastBackoff()
                .until(() -> isBack(old, ours, answersLost), () -> unfinished(answersLost.get()));
    }

    /** Empty if it has to be put back again. */
    private Optional<Boolean> isBack(
            Map<String, AttributeValue> old, Optional<Map<String, AttributeValue>> ours, AtomicBoolean answersLost) {
        return switch (tables.urgent().put(shape.table(), old, expected(ours))) {
            // A later writer has seen our record and replaced it: theirs stays.
            case WriteOutcome.Done _, WriteOutcome.ConditionFailed _ -> Optional.of(true);
            // Put back a second time, it either changes nothing or its condition fails.
            case WriteOutcome.Throttled _ -> Optional.empty();
            case WriteOutcome.Unknown _ -> {
                answersLost.set(true);
                lost.note();
                yield Optional.empty();
            }
        };
    }

    private static Expected expected(Optional<Map<String, AttributeValue>> content) {
        return content.<Expected>map(Expected.Attributes::new).orElseGet(Expected.Absent::new);
    }

    private static boolean sameAs(
            Optional<Map<String, AttributeValue>> one, Optional<Map<String, AttributeValue>> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || SameContent.same(one.get(), other.get()));
    }

    /** A write begun after the invocation could end after its lease has run out, when somebody else works on the segment. */
    private void requireTime(boolean answersLost) {
        if (invocation.isOver()) {
            throw unfinished(answersLost);
        }
    }

    /** A request whose answer was lost may still be under way: then the segment is not given back before its lease ends. */
    private StoreException unfinished(boolean answersLost) {
        return answersLost
                ? new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "Cannot write " + shape.table()
                                + ": the table did not answer until the invocation ended. What was written is logged. The run continues by itself when the table answers again.")
                : new StoreException(
                        StoreException.Kind.THROTTLED,
                        "Cannot write " + shape.table()
                                + ": the table throttles requests. What was written is logged. The run continues by itself; increase the table's write capacity to speed it up.");
    }

    /** The keys that a page would write twice. */
    static Optional<Key> twice(List<Row> rows) {
        var seen = new java.util.HashSet<Key>(rows.size() * 2);
        return rows.stream().map(Row::newKey).filter(key -> !seen.add(key)).findFirst();
    }
}
