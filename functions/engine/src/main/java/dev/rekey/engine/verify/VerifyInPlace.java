package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.OrphansNow;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.LoggedCreations;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.RolledBackParts;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps every record of one segment again, in a table that is changed in place. A record is right if there is nothing left to
 * change; the log tells our failures from what others did.
 */
public final class VerifyInPlace implements PageStep {
    private final TableName unit;
    private final TableShape shape;
    private final Segment segment;
    private final RecordKinds<Changed> tables;
    private final SourcePages source;
    private final LoggedWindow window;
    private final Differences differences;
    private final Spills spills;
    private final VerifiedCandidates candidates;
    private final Invocation invocation;
    private final RolledBackParts rolledBack;
    private final VerifyScope scope;
    private final LoggedCreations created;
    private final LaterWrites later;
    /** Those that the run began with: of some of them records have come. */
    private final Orphans orphans;

    private final Set<TableName> removing;

    /** One table whose records were changed. */
    private record Changed(VerifiedTable table, InPlaceRecords records) {}

    /** @param source reads consistently */
    public VerifyInPlace(
            RunContext frozen,
            VerifyWork work,
            SourcePages source,
            LaterWrites later,
            Documents documents,
            Invocation invocation) {
        this.unit = work.table();
        this.orphans = frozen.orphans();
        this.removing =
                OrphansNow.removing(frozen, unit).stream().map(TablePlan::name).collect(Collectors.toSet());
        var run = removing.isEmpty()
                ? frozen
                : frozen.with(FrozenOrphans.withoutArrived(orphans, documents, frozen.folder()));
        this.shape = run.manifest().table(unit).source();
        this.segment = work.segment();
        this.tables = RecordKinds.of(
                run,
                unit,
                name -> new Changed(
                        VerifiedTable.of(run, name),
                        new InPlaceRecords(
                                run.inPlaceMapping(
                                        name, new EarlierWrites(documents, run.manifest(), name)::wroteValue),
                                shape)));
        this.source = source;
        this.window = new LoggedWindow(new UndoLog(documents, run.folder()), unit, segment);
        this.differences = new Differences(documents, run.folder(), work, Changes.of(run, work));
        this.spills = new Spills(run, work, documents);
        this.candidates = new VerifiedCandidates(run, work, documents);
        this.invocation = invocation;
        this.scope = work.scope();
        this.created = new LoggedCreations(documents, run.manifest());
        this.rolledBack = RolledBackParts.of(documents, run.folder());
        this.later = later;
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        window.resume(at.cursor());
        var scanned = source.page(segment, LoggedWindow.scanCursor(at));
        var met = new LinkedHashMap<Key, Mapped>();
        for (var record : scanned.items()) {
            tables.of(record)
                    .map(assigned -> mapped(assigned, record))
                    .ifPresent(one -> met.put(shape.keyOf(record), one));
        }
        var step = window.advance(met.keySet(), scanned.next().isEmpty());
        var page = new Page();
        Stream.of(step.met(), step.gone(), step.abandoned())
                .flatMap(List::stream)
                .filter(entry -> isJudged(entry, met))
                .forEach(entry -> page.logged(
                        entry, Optional.ofNullable(met.get(entry.key())).map(one -> mappedAgain(one, entry))));
        step.late().stream()
                // What the run has created here is compared on its own.
                .filter(key -> !created.contains(met.get(key).table(), key))
                .filter(key -> scope.includes(met.get(key).table(), met.get(key).record()))
                .forEach(key -> page.unlogged(key, met.get(key)));
        candidates.write(asTheyWere(scanned.items(), step.met()), at.page(), redone);
        differences.write(at.page(), page.verdicts, redone);
        spills.write(Spill.SOURCE, at.page(), page.spill, redone);
        spills.write(Spills.VANISHED, at.page(), spills.vanished(this::of, page.expired), redone);
        return page.verdicts.advanced(scanned.next().map(window::cursor), page.digests);
    }

    /** What tells that records were apart before is what the update has changed. */
    private List<Map<String, AttributeValue>> asTheyWere(
            List<Map<String, AttributeValue>> records, List<LogEntry> updated) {
        var byKey = new HashMap<Key, LogEntry>();
        updated.forEach(entry -> byKey.put(entry.key(), entry));
        return records.stream()
                .map(record -> Optional.ofNullable(byKey.get(shape.keyOf(record)))
                        .map(entry -> UpdateComparison.asBefore(entry, record))
                        .orElse(record))
                .toList();
    }

    private static Mapped mapped(Assigned<Changed> assigned, Map<String, AttributeValue> record) {
        var outcome = assigned.fault()
                .<InPlaceOutcome>map(fault -> fault)
                .orElseGet(() -> assigned.with().records().map(record));
        return new Mapped(assigned.table(), record, outcome);
    }

    /**
     * What decided about the record may be another since the run wrote to it: then the plan can take back what was written, as
     * another run would.
     */
    private Mapped mappedAgain(Mapped met, LogEntry entry) {
        if (entry.operation() instanceof Operation.Update update
                && met.outcome() instanceof InPlaceOutcome.Nothing
                && !update.hasRead(met.record())) {
            EarlierValues now = (_, attribute, value) -> Optional.ofNullable(
                            update.touched().get(attribute))
                    .filter(one -> one.isOurs(Optional.of(value)))
                    .isPresent();
            return new Mapped(
                    met.table(), met.record(), tables.get(met.table()).records().map(met.record(), now));
        }
        return met;
    }

    /** The table of a logged record. */
    private VerifiedTable of(LogEntry entry) {
        return tables.get(entry.table().orElse(unit)).table();
    }

    private boolean isJudged(LogEntry entry, Map<Key, Mapped> met) {
        return scope.includes(
                of(entry).name(),
                entry,
                Optional.ofNullable(met.get(entry.key())).map(Mapped::record));
    }

    /** A record that was scanned, and what the plan would do with it. */
    private record Mapped(TableName table, Map<String, AttributeValue> record, InPlaceOutcome outcome) {
        /** What it is to be; empty if the plan says nothing of it. */
        Optional<Map<String, AttributeValue>> expected() {
            return switch (outcome) {
                case InPlaceOutcome.Update update -> Optional.of(update.appliedTo(record));
                case InPlaceOutcome.Nothing _ -> Optional.of(record);
                case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _, MappingOutcome.Unmappable _ ->
                    Optional.empty();
            };
        }
    }

    /** What is said of the records of one page. */
    private final class Page {
        private final Differences.OfPage verdicts = differences.page();
        private final Spill spill = spills.empty();
        private final Map<TableName, ExpectedAndFound> digests = new HashMap<>();
        private final List<LogEntry> expired = new ArrayList<>();
        private final Map<TableName, Optional<SeenValues>> values = new HashMap<>();

        void logged(LogEntry entry, Optional<Mapped> met) {
            wrote(entry);
            met.ifPresent(one -> removed(entry, one));
            met.ifPresent(one -> values(one.table()).ifPresent(seen -> seen.in(one.record())));
            var plan = of(entry).plan();
            var comparison = new UpdateComparison(
                    plan.failsOnDrift(),
                    invocation.time().instant(),
                    met.map(one -> tables.get(one.table()).records()).flatMap(InPlaceRecords::decisive));
            boolean asPlanned = met.filter(one -> one.outcome() instanceof InPlaceOutcome.Nothing)
                    .isPresent();
            if (!asPlanned && rolledBack.include(plan.name(), entry.key(), entry.operation())) {
                verdicts.add(plan.name(), Verdict.ROLLED_BACK, entry.key());
                return;
            }
            if (met.isEmpty()) {
                var verdict = comparison.gone(entry);
                verdicts.add(plan.name(), verdict, entry.key());
                if (verdict == Verdict.EXPIRED) {
                    expired.add(entry);
                }
                return;
            }
            comparison
                    .of(entry, met.get().record(), met.get().outcome())
                    .map(verdict ->
                            isByOthers(verdict) && later.includeAny(plan.name(), entry) ? Verdict.LATER_RUN : verdict)
                    .ifPresent(verdict -> judged(
                            plan.name(),
                            verdict,
                            verdict == Verdict.ALTERED
                                    && UpdateComparison.isOnDrift(
                                            entry, met.get().record()),
                            entry.key(),
                            met.get(),
                            expected(verdict, entry, met.get())));
        }

        /** Whether it says that the record does not hold any more what the run wrote. */
        private static boolean isByOthers(Verdict verdict) {
            return verdict == Verdict.ALTERED || verdict == Verdict.DRIFTED || verdict == Verdict.REVERTED;
        }

        /** For old ids; empty if they are not looked for. */
        private Optional<SeenValues> values(TableName table) {
            return values.computeIfAbsent(table, name -> {
                var seen = spills.values(name);
                seen.ifPresent(spill::values);
                return seen;
            });
        }

        /** What was written, where the plan does not say what the record is to be, or would leave a wrong value. */
        private Optional<Map<String, AttributeValue>> expected(Verdict verdict, LogEntry entry, Mapped met) {
            var written = UpdateComparison.asWritten(entry, met.record());
            return verdict == Verdict.ALTERED && met.outcome() instanceof InPlaceOutcome.Nothing
                    ? written
                    : met.expected().or(() -> written);
        }

        /** A reference that was removed as an orphan shows nowhere but in the log. */
        private void removed(LogEntry entry, Mapped met) {
            var table = of(entry);
            if (removing.contains(table.name()) && entry.operation() instanceof Operation.Update update) {
                var before = UpdateComparison.beforeAll(update, met.record());
                var now = table.mapping().referencesAfter(met.record());
                Spills.removed(spill, table, before, now, entry.key(), orphans);
            }
        }

        /** So that a later run knows which values are ours. A value that was removed is none that stands there afterwards. */
        private void wrote(LogEntry entry) {
            if (entry.operation() instanceof Operation.Update update) {
                update.touched()
                        .forEach((attribute, one) -> spill.wrote(
                                of(entry).name(),
                                entry.key(),
                                attribute,
                                RecordDigest.of(one.after()
                                        .map(value -> Map.of(attribute, value))
                                        .orElse(Map.of()))));
            }
        }

        /** A record that the update passed by: it had nothing to change then, or was not there. */
        void unlogged(Key key, Mapped met) {
            switch (met.outcome()) {
                case InPlaceOutcome.Nothing _ -> judged(met.table(), Verdict.MATCHED, false, key, met, met.expected());
                // The matching knows whether it was just so when all began.
                case InPlaceOutcome.Update _ ->
                    spill.late(
                            met.table(),
                            key,
                            key,
                            tables.get(met.table()).records().digest(met.record()));
                case MappingOutcome.FilteredOut _ -> {}
                case MappingOutcome.MergedAway _ -> verdicts.add(met.table(), Verdict.MERGED, key);
                case MappingOutcome.Unmappable why -> verdicts.late(met.table(), key, why);
            }
        }

        private void judged(
                TableName table,
                Verdict verdict,
                boolean onDrift,
                Key key,
                Mapped met,
                Optional<Map<String, AttributeValue>> expected) {
            digests.computeIfAbsent(table, _ -> new ExpectedAndFound())
                    .add(verdict, expected, Optional.of(met.record()));
            if (verdict == Verdict.LATE && met.outcome() instanceof MappingOutcome.Unmappable why) {
                verdicts.late(table, key, why);
            } else if (verdict == Verdict.MATCHED || expected.isEmpty()) {
                verdicts.add(table, verdict, key);
            } else {
                verdicts.add(table, verdict, key, expected.get(), met.record(), onDrift);
            }
            if (verdict == Verdict.MATCHED) {
                var mapping = tables.get(met.table()).table().mapping();
                for (var use : mapping.referencesAfter(met.record())) {
                    if (use instanceof ReferenceUse.Used used) {
                        spills.used(spill, used, met.table(), key);
                    }
                }
            }
        }
    }
}
