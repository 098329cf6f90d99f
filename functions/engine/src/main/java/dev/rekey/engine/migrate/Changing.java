package dev.rekey.engine.migrate;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.migrate.Planned.Prior;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RecordKinds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Decides what to do with a record that is changed in place. What an attempt before wrote, and this one reads, stays ours,
 * with what stood there before; what anybody else has written since is theirs.
 */
record Changing(TableName unit, TableShape shape, RecordKinds<InPlaceRecords> tables) {

    /** What is to be done with {@code record}; empty if it is no record of the run, and never was. */
    Optional<Planned> of(Map<String, AttributeValue> record, Prior prior) {
        return of(record, prior, true);
    }

    /** The same of a record that did not hold still: if it has to be changed, it is left as it is. */
    Optional<Planned> givenUp(Map<String, AttributeValue> record, Prior prior) {
        return of(record, prior, false);
    }

    /** What is to be done with a record that somebody deleted before it was written, or made a record of no table. */
    Planned gone(Planned planned) {
        var logged = planned.entry().orElseThrow();
        var entry = new LogEntry(
                logged.origin(),
                logged.key(),
                new Operation.Disclaimed(Counted.GONE),
                logged.content(),
                Optional.empty(),
                logged.table());
        return new Planned(planned.table(), logged.key(), Counted.GONE, Optional.of(entry), Optional.empty());
    }

    private Optional<Planned> of(Map<String, AttributeValue> record, Prior prior, boolean change) {
        var ours = prior.ours().map(update -> carried(update, record)).orElse(Map.of());
        var assigned = tables.of(record);
        boolean isOfAnother = !ours.isEmpty()
                && assigned.filter(one -> !prior.isOf(one.table())).isPresent();
        if (assigned.isEmpty() || isOfAnother) {
            // Of another table by now, or of none of the run. What is ours of it stays logged under the table that it
            // was
            // of: a rollback of that table restores it. As a record of the other table, another run changes it.
            return Optional.of(new Row(prior.table().orElse(unit), record, ours, prior))
                    .filter(_ -> prior.anything())
                    .map(row -> row.left(Counted.FILTERED));
        }
        var row = new Row(assigned.get().table(), record, ours, prior);
        if (assigned.get().fault().isPresent()) {
            return Optional.of(row.left(Counted.LATE));
        }
        var records = assigned.get().with();
        return Optional.of(
                switch (records.map(record)) {
                    case InPlaceOutcome.Update update when change -> row.changed(records, update);
                    case InPlaceOutcome.Update _ -> row.left(Counted.LATE);
                    case InPlaceOutcome.Nothing _ -> row.left(Counted.IDENTICAL);
                    case MappingOutcome.FilteredOut _ -> row.left(Counted.FILTERED);
                    case MappingOutcome.MergedAway _ -> row.left(Counted.MERGED);
                    // The analysis would have refused it as it was then.
                    case MappingOutcome.Unmappable _ -> row.left(Counted.LATE);
                });
    }

    /** Those attributes that are still what {@code earlier} wrote, with what stood there before. */
    private static Map<String, Touched> carried(Operation.Update earlier, Map<String, AttributeValue> record) {
        var carried = new HashMap<String, Touched>();
        earlier.touched().forEach((name, one) -> {
            var now = Touched.of(record, name);
            if (one.isOurs(now)) {
                carried.put(name, new Touched(one.before(), now, now));
            }
        });
        return carried;
    }

    /** A record on its way. */
    private final class Row {
        private final TableName table;
        private final Map<String, AttributeValue> record;
        /** Attributes that hold what an earlier attempt wrote. */
        private final Map<String, Touched> ours;
        /** What an earlier attempt logged of it. */
        private final Prior prior;

        Row(TableName table, Map<String, AttributeValue> record, Map<String, Touched> ours, Prior prior) {
            this.table = table;
            this.record = record;
            this.ours = ours;
            this.prior = prior;
        }

        Planned changed(InPlaceRecords records, InPlaceOutcome.Update update) {
            var touched = new HashMap<>(ours);
            update.touched().forEach((name, touch) -> {
                var before = ours.containsKey(name) ? ours.get(name).before() : touch.before();
                touched.put(name, new Touched(before, touch.before(), touch.after()));
            });
            var after = update.appliedTo(record);
            if (!records.fits(touched, after)) {
                return left(Counted.LATE);
            }
            var entry = entry(operation(touched, update.read()), after);
            return new Planned(
                    table,
                    entry.key(),
                    Counted.UPDATED,
                    Optional.of(entry),
                    Optional.of(records.request(record, update)));
        }

        /** Nothing is written now; but what earlier attempts wrote stays logged. */
        Planned left(Counted outcome) {
            if (!ours.isEmpty()) {
                boolean settled = outcome != Counted.LATE;
                // This attempt reads nothing: what the earlier one read decided about it, and tells its part of the
                // run.
                var read = prior.ours().map(Operation.Update::read).orElse(Map.of());
                var entry = entry(operation(ours, read), record);
                return new Planned(
                        table, entry.key(), settled ? Counted.UPDATED : outcome, Optional.of(entry), Optional.empty());
            }
            var entry = Optional.of(new Operation.Disclaimed(outcome))
                    .filter(_ -> prior.anything())
                    .map(operation -> entry(operation, record));
            return new Planned(table, key(), outcome, entry, Optional.empty());
        }

        private Operation operation(Map<String, Touched> touched, Map<String, Optional<AttributeValue>> read) {
            var others = new HashMap<>(read);
            others.keySet().removeAll(touched.keySet());
            var rest = new HashMap<>(record);
            rest.keySet().removeAll(touched.keySet());
            rest.keySet().removeAll(others.keySet());
            return new Operation.Update(touched, others, RecordDigest.of(rest));
        }

        private LogEntry entry(Operation operation, Map<String, AttributeValue> after) {
            return new LogEntry(
                    new Origin(key(), decisive()),
                    key(),
                    operation,
                    RecordDigest.of(after),
                    shape.expiryOf(after),
                    Optional.of(table).filter(_ -> tables.areSeveral()));
        }

        /** Digest of what decides about the record; of the record alone, if it belongs to no table of the run any more. */
        private Digest decisive() {
            return Optional.ofNullable(tables.all().get(table))
                    .map(records -> records.digest(record))
                    .orElseGet(() -> RecordDigest.of(record));
        }

        private Key key() {
            return shape.keyOf(record);
        }
    }
}
