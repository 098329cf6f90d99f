package dev.rekey.engine.log;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The undo log of a run: an object for each attempt at a page. */
public final class UndoLog {
    private final Documents documents;
    private final RunFolder folder;

    public UndoLog(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /**
     * Makes a batch durable, before anything of it is written to the target.
     *
     * @return false if there is another object for this attempt: somebody else works on the page
     */
    public boolean append(LogBatch batch) {
        var header = batch.header();
        return switch (documents.createBytes(key(header), LogCodec.encode(batch))) {
            case PutOutcome.Done _ -> true;
            case PutOutcome.ConditionFailed _ -> false;
        };
    }

    private ObjectKey key(LogBatch.Header header) {
        var place = header.place();
        return place.supplement() == 0
                ? folder.logObject(header.table(), place.segment(), place.page(), place.attempt())
                : folder.logSupplement(
                        header.table(), place.segment(), place.page(), place.attempt(), place.supplement());
    }

    /**
     * All attempts at a segment, by page, then by attempt.
     *
     * @throws StoreException of kind MISSING if one of them is gone
     */
    public List<LogObject> objects(TableName table, Segment segment) {
        return switch (look(table, segment)) {
            case Look.Whole whole -> whole.objects();
            case Look.Torn torn -> throw torn(table, torn.gap());
        };
    }

    /** How much of a segment must be logged. */
    public enum Extent {
        /** What its checkpoint says; nothing if there is none. */
        AS_FAR_AS_COPIED,
        /** All of it: the run says that it has copied everything. */
        WHOLE_SEGMENT
    }

    /** What of the log of a segment is gone; empty if nothing is. */
    public Optional<Gap> gap(TableName table, Segment segment, Extent extent) {
        return switch (look(table, segment)) {
            case Look.Torn torn -> Optional.of(torn.gap());
            case Look.Whole whole ->
                switch (extent) {
                    case AS_FAR_AS_COPIED -> Optional.empty();
                    case WHOLE_SEGMENT ->
                        whole.copied().filter(Checkpoint::done).isPresent()
                                ? Optional.empty()
                                : Optional.of(new Gap(List.of(folder.checkpoint(Stage.COPY, table, segment))));
                };
        };
    }

    private sealed interface Look {
        record Whole(List<LogObject> objects, Optional<Checkpoint> copied) implements Look {}

        record Torn(Gap gap) implements Look {}
    }

    private Look look(TableName table, Segment segment) {
        return Backoff.untilWon(() -> looked(table, segment));
    }

    /** Empty if a worker moved the checkpoint meanwhile: what is missing then may be what it logged since. */
    private Optional<Look> looked(TableName table, Segment segment) {
        var continuity = new Continuity(folder, table, segment);
        var copied = copied(continuity);
        var objects = listed(table, segment);
        var gap = continuity.gap(objects, copied);
        if (gap.isEmpty()) {
            return Optional.of(new Look.Whole(attempts(objects), copied));
        }
        return copied(continuity).equals(copied) ? Optional.of(new Look.Torn(gap.get())) : Optional.empty();
    }

    private Optional<Checkpoint> copied(Continuity continuity) {
        return documents.find(continuity.checkpoint(), Checkpoint.class).map(Documents.Versioned::value);
    }

    private List<LogName> listed(TableName table, Segment segment) {
        return documents.list(folder.logPrefix(table, segment)).stream()
                .map(LogName::of)
                .sorted(LogName.IN_ORDER)
                .toList();
    }

    /** @param names without gaps, in order */
    private static List<LogObject> attempts(List<LogName> names) {
        var attempts = new ArrayList<LogObject>();
        for (var name : names) {
            if (name.supplement() == 0) {
                attempts.add(new LogObject(name.key(), name.page(), name.attempt()));
            } else {
                var whole = attempts.removeLast();
                var supplements = new ArrayList<>(whole.supplements());
                supplements.add(name.key());
                attempts.add(new LogObject(whole.key(), whole.page(), whole.attempt(), supplements));
            }
        }
        return attempts;
    }

    private StoreException torn(TableName table, Gap gap) {
        return new StoreException(
                StoreException.Kind.MISSING,
                "Cannot read the undo log of run %s for %s: %s"
                        .formatted(folder.run(), table, gap.message("No record of that segment was changed.")));
    }

    /** Whether nothing was logged for a table. */
    public boolean isEmpty(TableName table) {
        return documents.list(folder.logPrefix(table)).isEmpty();
    }

    /** The records of a segment that attempts read and had nothing to do with. */
    public List<PassedOver> passedOver(TableName table, Segment segment) {
        var keys = objects(table, segment).stream().map(LogObject::key).toList();
        return documents.each(keys, key -> read(key).header().passedOver()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What an attempt logged: the last that it says of each record. */
    public LogBatch read(LogObject ref) {
        var batch = read(ref.key());
        for (var supplement : ref.supplements()) {
            batch = batch.and(read(supplement));
        }
        return batch;
    }

    private LogBatch read(ObjectKey key) {
        var stored = documents
                .bytes(key)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.MISSING,
                        "Cannot read " + key
                                + ": the object of the undo log is gone. Nothing was changed. Restore the"
                                + " object from an earlier version of the bucket."));
        return LogCodec.decode(key, stored.content());
    }
}
