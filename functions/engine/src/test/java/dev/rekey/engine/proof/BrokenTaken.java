package dev.rekey.engine.proof;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.workflow.ColdProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Workers to whom what a record takes of another does not count as read, made as {@link BrokenRules} are: they log the digest
 * of the record alone, and a verification that finds the same record there takes what was read for what it would read now.
 */
final class BrokenTaken {
    private final Worker worker;
    private final Tables tables;
    private final Documents documents;

    private BrokenTaken(Worker worker, Objects objects, Tables tables) {
        this.worker = worker;
        this.tables = tables;
        this.documents = Watch.documents(objects);
    }

    static Rules notRead() {
        return (worker, objects, tables) -> {
            var broken = new BrokenTaken(worker, objects, tables);
            return switch (worker.work().kind()) {
                case COPY -> new Rules.Stores(broken.writing(objects), tables);
                case OTHER -> new Rules.Stores(broken.reading(objects), tables);
                case UNDO, FENCE, OPERATOR -> Rules.KEPT.with(worker, objects, tables);
            };
        };
    }

    private Objects writing(Objects objects) {
        return new Passing(objects) {
            @Override
            public PutOutcome create(ObjectKey key, byte[] content) {
                return super.create(
                        key,
                        RewrittenLog.isOfLog(key)
                                ? RewrittenLog.with(worker.run(), key, content, BrokenTaken.this::alone)
                                : content);
            }
        };
    }

    private Objects reading(Objects objects) {
        return new Passing(objects) {
            @Override
            public Optional<Stored> get(ObjectKey key) {
                var found = super.get(key);
                return RewrittenLog.isOfLog(key)
                        ? found.map(stored -> new Stored(
                                RewrittenLog.with(runOf(key), key, stored.content(), BrokenTaken.this::asItIs),
                                stored.version()))
                        : found;
            }
        };
    }

    /** Later runs look at the logs of earlier ones. */
    private static RunId runOf(ObjectKey key) {
        return new RunId(key.name().split("/", -1)[1]);
    }

    private List<LogEntry> alone(LogBatch batch) {
        return batch.entries().stream()
                .map(entry -> record(batch, entry)
                        .map(record -> with(entry, RecordDigest.of(record)))
                        .orElse(entry))
                .toList();
    }

    private List<LogEntry> asItIs(LogBatch batch) {
        return batch.entries().stream()
                .map(entry -> record(batch, entry)
                        .filter(record ->
                                RecordDigest.of(record).equals(entry.origin().content()))
                        .map(record -> with(entry, decisive(batch, entry, record)))
                        .orElse(entry))
                .toList();
    }

    private static LogEntry with(LogEntry entry, Digest content) {
        return new LogEntry(
                new Origin(entry.origin().key(), content),
                entry.key(),
                entry.operation(),
                entry.content(),
                entry.expires(),
                entry.table());
    }

    /** The record that the entry is about, as the run found it. */
    private Optional<Map<String, AttributeValue>> record(LogBatch batch, LogEntry entry) {
        return Optional.of(source(batch, entry))
                // What is created, or copied there, takes nothing.
                .filter(at -> !batch.header().table().isCreated() && !at.table().startsWith("new-"))
                .flatMap(this::there)
                .map(record -> entry.operation() instanceof Operation.Update update ? update.found(record) : record);
    }

    private static Spot source(LogBatch batch, LogEntry entry) {
        return new Spot(
                batch.header().physical().name().replace("dst-", "src-"),
                entry.origin().key());
    }

    private Optional<Map<String, AttributeValue>> there(Spot at) {
        return tables
                .read(new PhysicalTable(at.table()), List.of(new Key(at.key().attributes())))
                .items()
                .stream()
                .findFirst();
    }

    /** Digest of what decides about the record now. */
    private Digest decisive(LogBatch batch, LogEntry entry, Map<String, AttributeValue> record) {
        var at = source(batch, entry);
        if (Yard.isIn(at)) {
            var table = entry.table().orElse(batch.header().table());
            return new YardMapping(documents).digest(worker.run(), table, record, this::there);
        }
        var manifest = documents
                .get(new RunFolder(worker.run()).manifest(), Manifest.class)
                .value();
        var plan = ColdProcess.plan(Ward.plan(Optional.empty()));
        return new WardMapping(plan, manifest, documents, this::there).digest(at, record);
    }
}
