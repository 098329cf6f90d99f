package dev.rekey.engine.proof;

import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.proof.Platform.Kind;
import dev.rekey.engine.store.Objects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Workers that update in place and whose undo log breaks a rule, made as {@link BrokenRules} are. */
final class BrokenLogs {
    private BrokenLogs() {}

    /** What an attempt finds counts as what stood there before the run, also where an earlier attempt wrote it. */
    static Rules imagesNotCarried() {
        return writing(batch ->
                batch.entries().stream().map(BrokenLogs::withWhatWasFound).toList());
    }

    private static LogEntry withWhatWasFound(LogEntry entry) {
        if (!(entry.operation() instanceof Operation.Update update)) {
            return entry;
        }
        var touched = new HashMap<String, Touched>();
        update.touched().forEach((name, one) -> touched.put(name, Touched.first(one.found(), one.after())));
        return new LogEntry(
                entry.origin(),
                entry.key(),
                new Operation.Update(touched, update.read(), update.rest()),
                entry.content(),
                entry.expires());
    }

    /** The log does not say that an update was refused and that no other one follows. */
    static Rules disclaimersDropped() {
        return writing(BrokenLogs::withoutDisclaimers);
    }

    /** A rollback does not look at what the log disclaims. */
    static Rules disclaimersIgnored() {
        return (worker, objects, tables) -> worker.work().kind() != Kind.UNDO
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                var found = super.get(key);
                                return RewrittenLog.isOfLog(key) ? found.map(stored -> rewritten(key, stored)) : found;
                            }

                            private Stored rewritten(ObjectKey key, Stored stored) {
                                var content = RewrittenLog.with(
                                        worker.run(), key, stored.content(), BrokenLogs::withoutDisclaimers);
                                return new Stored(content, stored.version());
                            }
                        },
                        tables);
    }

    private static List<LogEntry> withoutDisclaimers(LogBatch batch) {
        return batch.entries().stream()
                .filter(entry -> !(entry.operation() instanceof Operation.Disclaimed))
                .toList();
    }

    /** Supplements are kept back until what they say is written. */
    static Rules supplementsAfterWrite() {
        return (worker, objects, tables) -> {
            if (worker.work().kind() != Kind.COPY) {
                return Rules.KEPT.with(worker, objects, tables);
            }
            var kept = new ArrayList<Runnable>();
            return new Rules.Stores(
                    new Passing(objects) {
                        @Override
                        public PutOutcome create(ObjectKey key, byte[] content) {
                            if (!RewrittenLog.isOfLog(key) || !isSupplement(key, content)) {
                                return super.create(key, content);
                            }
                            kept.add(() -> super.create(key, content));
                            return new PutOutcome.Done(new Version("not yet"));
                        }

                        private boolean isSupplement(ObjectKey key, byte[] content) {
                            var header = RewrittenLog.batch(worker.run(), key, content)
                                    .header();
                            return header.place().supplement() > 0;
                        }

                        @Override
                        public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
                            var all = List.copyOf(kept);
                            kept.clear();
                            all.forEach(Runnable::run);
                            return super.replace(key, content, version);
                        }
                    },
                    tables);
        };
    }

    private interface Entries {
        List<LogEntry> of(LogBatch batch);
    }

    /** Workers that log other {@code entries} than they should. */
    private static Rules writing(Entries entries) {
        return (worker, objects, tables) -> worker.work().kind() != Kind.COPY
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(writing(worker, objects, entries), tables);
    }

    private static Objects writing(Worker worker, Objects objects, Entries entries) {
        return new Passing(objects) {
            @Override
            public PutOutcome create(ObjectKey key, byte[] content) {
                return super.create(
                        key,
                        RewrittenLog.isOfLog(key)
                                ? RewrittenLog.with(worker.run(), key, content, entries::of)
                                : content);
            }
        };
    }
}
