package dev.rekey.engine.migrate;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.migrate.Planned.Prior;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Update;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes records of a page whose undo records are durable. A record that has changed meanwhile keeps no other waiting. */
final class UpdateWriter {
    /** Enough for a worker, of some 2,000 updates a second; more of these small requests only wait for each other. */
    private static final int UPDATES_AT_ONCE = 12;

    private final Tables tables;
    private final TableShape shape;
    private final KeyReader reader;
    private final Invocation invocation;
    private final LostAnswers lost = new LostAnswers();

    UpdateWriter(Tables tables, TableShape shape, Invocation invocation) {
        this.tables = tables;
        this.shape = shape;
        this.reader = new KeyReader(tables, shape, invocation);
        this.invocation = invocation;
    }

    /**
     * A record that was not changed, since it is not what it was any more.
     *
     * @param found what it is now; empty if it is gone
     * @param prior what of it may be ours
     */
    record Unwritten(Planned planned, Optional<Map<String, AttributeValue>> found, Prior prior) {}

    /** Makes the requests of {@code records}, and gives those that were not changed. */
    List<Unwritten> write(List<Planned> records) {
        var work = records.stream()
                .filter(one -> one.request().isPresent())
                .<Supplier<Optional<Unwritten>>>map(one -> () -> write(one))
                .toList();
        return lost.guard(() -> invocation.concurrency().all(work, UPDATES_AT_ONCE)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Unwritten> write(Planned planned) {
        var one = new Single(planned);
        return invocation.backoff().until(one::attempt, () -> unfinished(one.answersLost));
    }

    /** What is known of a record between two tries to change it. */
    private final class Single {
        private final Planned planned;
        private final Update request;
        private boolean answersLost;

        Single(Planned planned) {
            this.planned = planned;
            this.request = planned.request().orElseThrow();
        }

        /** What was not changed, or nothing if it was; empty if that is not decided. */
        Optional<Optional<Unwritten>> attempt() {
            // A write begun after the invocation could end after its lease has run out.
            if (invocation.isOver()) {
                throw unfinished(answersLost);
            }
            return switch (made()) {
                case WriteOutcome.Done _ -> Optional.of(Optional.empty());
                case WriteOutcome.ConditionFailed failed ->
                    answersLost ? settled(failed.found()) : unwritten(failed.found(), planned.refused());
                case WriteOutcome.Throttled _ -> Optional.empty();
                case WriteOutcome.Unknown _ -> {
                    answersLost = true;
                    lost.note();
                    yield settled(read());
                }
            };
        }

        private WriteOutcome made() {
            try {
                return tables.update(request);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.INVALID) {
                    throw e;
                }
                // Others let the record grow beyond a limit, say. If it is as it was, it is our fault.
                var found = read();
                if (found.filter(this::isAsPlanned).isPresent()) {
                    throw e;
                }
                return new WriteOutcome.ConditionFailed(found, 0);
            }
        }

        /** Settles a lost answer: a record that holds what we write counts as written by us. */
        private Optional<Optional<Unwritten>> settled(Optional<Map<String, AttributeValue>> found) {
            if (found.filter(this::holdsOurs).isPresent()) {
                return Optional.of(Optional.empty());
            }
            return found.filter(this::meetsCondition).isPresent()
                    ? Optional.empty()
                    : unwritten(found, planned.attempted());
        }

        private Optional<Optional<Unwritten>> unwritten(Optional<Map<String, AttributeValue>> found, Prior prior) {
            return Optional.of(Optional.of(new Unwritten(planned, found, prior)));
        }

        private boolean isAsPlanned(Map<String, AttributeValue> there) {
            return planned.attempted()
                    .ours()
                    .filter(update -> update.isAsFound(there))
                    .isPresent();
        }

        private boolean holdsOurs(Map<String, AttributeValue> there) {
            return request.set().entrySet().stream()
                            .allMatch(set -> there.containsKey(set.getKey())
                                    && SameContent.same(there.get(set.getKey()), set.getValue()))
                    && request.remove().stream().noneMatch(there::containsKey);
        }

        private boolean meetsCondition(Map<String, AttributeValue> there) {
            return request.expected().entrySet().stream()
                    .allMatch(expected -> Touched.same(Touched.of(there, expected.getKey()), expected.getValue()));
        }

        private Optional<Map<String, AttributeValue>> read() {
            return Optional.ofNullable(reader.read(List.of(planned.key())).get(planned.key()));
        }
    }

    /** A request whose answer was lost may still be under way: then the segment is not given back before its lease ends. */
    private StoreException unfinished(boolean answersLost) {
        return answersLost
                ? new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "Cannot change records of " + shape.table()
                                + ": the table did not answer until the invocation was over. What was changed is logged."
                                + " The run goes on by itself when the table answers again.")
                : new StoreException(
                        StoreException.Kind.THROTTLED,
                        "Cannot change records of " + shape.table()
                                + ": the table asks to slow down. What was changed is logged. The run goes on by itself;"
                                + " raise the table's write capacity to speed it up.");
    }
}
