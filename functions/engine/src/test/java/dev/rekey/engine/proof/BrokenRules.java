package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.SameContent;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Workers that break a rule, made of workers that keep it: something stands between them and their stores and changes
 * the order or the content of what passes. The engine itself has no switch for this, and the code that the simulation
 * finds wanting is the code that ships.
 */
final class BrokenRules {
    private BrokenRules() {}

    /** LogBatch objects are kept back until the page is written to the target. */
    static Rules undoAfterWrite() {
        return (worker, objects, tables) -> {
            if (worker.work().kind() != Platform.Kind.COPY) {
                return Rules.KEPT.with(worker, objects, tables);
            }
            var kept = new ArrayList<Runnable>();
            return new Rules.Stores(
                    new Passing(objects) {
                        @Override
                        public PutOutcome create(ObjectKey key, byte[] content) {
                            if (!key.name().contains("/log/")) {
                                return super.create(key, content);
                            }
                            kept.add(() -> super.create(key, content));
                            return new PutOutcome.Done(new Version("not yet"));
                        }

                        @Override
                        public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
                            flush(kept);
                            return super.replace(key, content, version);
                        }
                    },
                    tables);
        };
    }

    /** What is to be written to the target is kept back until the checkpoint is. */
    static Rules checkpointBeforeWrite() {
        return (worker, objects, tables) -> {
            if (worker.work().kind() != Platform.Kind.COPY) {
                return Rules.KEPT.with(worker, objects, tables);
            }
            var kept = new ArrayList<Runnable>();
            return new Rules.Stores(
                    new Passing(objects) {
                        @Override
                        public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
                            var outcome = super.replace(key, content, version);
                            flush(kept);
                            return outcome;
                        }
                    },
                    new ForwardingTables(tables) {
                        @Override
                        public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
                            kept.add(() -> super.putAll(table, items));
                            return new WriteAnswer(List.of(), 0);
                        }

                        @Override
                        public WriteOutcome put(
                                PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
                            kept.add(() -> super.put(table, item, expected));
                            return new WriteOutcome.Done(Optional.empty(), 0);
                        }
                    });
        };
    }

    /** A condition that fails because the very content is there is taken for a write. */
    static Rules identicalTakenForOurs() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(objects, new ForwardingTables(tables) {
                    @Override
                    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
                        var outcome = super.put(table, item, expected);
                        return outcome instanceof WriteOutcome.ConditionFailed failed
                                        && failed.found()
                                                .filter(found -> SameContent.same(found, item))
                                                .isPresent()
                                ? new WriteOutcome.Done(Optional.empty(), failed.units())
                                : outcome;
                    }
                });
    }

    /** Whatever the control says, a worker finds its own epoch in it. */
    static Rules noEpochCheck() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                var found = super.get(key);
                                return key.name().endsWith("/control.json")
                                        ? found.map(stored -> withEpoch(key, stored, worker.work()))
                                        : found;
                            }
                        },
                        tables);
    }

    private static Objects.Stored withEpoch(Objects.ObjectKey key, Objects.Stored stored, Platform.Work work) {
        var text = new String(stored.content(), java.nio.charset.StandardCharsets.UTF_8);
        int epoch = Documents.decode(key, stored.content(), Control.class).epoch();
        var changed = text.replace("\"epoch\":" + epoch, "\"epoch\":" + work.epoch());
        return new Objects.Stored(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8), stored.version());
    }

    /** A copy writes without a condition, as in a batch. */
    static Rules conditionIgnored() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(objects, new ForwardingTables(tables) {
                    @Override
                    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
                        var outcome = super.put(table, item, expected);
                        return outcome instanceof WriteOutcome.ConditionFailed
                                        && expected instanceof Expected.Absent
                                        && super.putAll(table, List.of(item))
                                                .unprocessed()
                                                .isEmpty()
                                ? new WriteOutcome.Done(Optional.empty(), 1)
                                : outcome;
                    }
                });
    }

    /** Rollback takes for ours whatever stands under a key that we logged. */
    static Rules digestIgnored() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.UNDO
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                var found = super.get(key);
                                return key.name().contains("/log/")
                                        ? found.map(stored -> withDigestsOfTarget(key, stored, worker, tables))
                                        : found;
                            }
                        },
                        tables);
    }

    /** The page as if it had logged what the target holds now. */
    private static Objects.Stored withDigestsOfTarget(
            Objects.ObjectKey key, Objects.Stored stored, Worker worker, Tables tables) {
        var content = RewrittenLog.with(
                worker.run(),
                key,
                stored.content(),
                batch -> batch.entries().stream()
                        .map(entry -> asItIs(entry, batch.header().physical(), tables))
                        .toList());
        return new Objects.Stored(content, stored.version());
    }

    private static LogEntry asItIs(LogEntry entry, PhysicalTable table, Tables tables) {
        var there =
                tables.read(table, List.of(new Key(entry.key().attributes()))).items();
        return there.isEmpty()
                ? entry
                : new LogEntry(
                        entry.origin(),
                        entry.key(),
                        entry.operation(),
                        RecordDigest.of(there.getFirst()),
                        entry.expires());
    }

    private static void flush(List<Runnable> kept) {
        var all = List.copyOf(kept);
        kept.clear();
        all.forEach(Runnable::run);
    }
}
