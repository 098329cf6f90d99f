package dev.rekey.engine.verify;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.RolledBackParts;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.verify.Comparison.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares every record of one source segment with its target record. The source is scanned anew and mapped anew; the
 * the log only tells which record was read when, so that a record that changed since is not called a loss.
 */
public final class VerifySource implements PageStep {
    private final TableName unit;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordKinds<VerifiedTable> tables;
    private final SourcePages source;
    private final KeyReader target;
    private final LoggedWindow window;
    private final Differences differences;
    private final Spills spills;
    private final VerifiedCandidates candidates;
    private final Invocation invocation;
    private final VerifyScope scope;
    private final RolledBackParts rolledBack;
    private final LaterWrites later;
    private final boolean isFirst;

    public VerifySource(
            RunContext run,
            VerifyWork work,
            SourcePages source,
            Tables targetTables,
            LaterWrites later,
            Documents documents,
            Invocation invocation) {
        this.unit = work.table();
        this.table = run.manifest().table(unit);
        this.segment = work.segment();
        this.tables = RecordKinds.of(run, unit, name -> VerifiedTable.of(run, name));
        this.source = source;
        this.target = new KeyReader(targetTables, table.target(), invocation);
        this.window = new LoggedWindow(new UndoLog(documents, run.folder()), unit, segment);
        this.differences = new Differences(documents, run.folder(), work, Changes.of(run, work));
        this.spills = new Spills(run, work, documents);
        this.candidates = new VerifiedCandidates(run, work, documents);
        this.invocation = invocation;
        this.scope = work.scope();
        this.rolledBack = RolledBackParts.of(documents, run.folder());
        this.later = later;
        this.isFirst = run.manifest().earlier().isEmpty();
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        window.resume(at.cursor());
        var scanned = source.page(segment, LoggedWindow.scanCursor(at));
        var fresh = new HashMap<Key, Fresh>();
        var merged = new LinkedHashMap<Key, Fresh>();
        var spill = spills.empty();
        for (var record : scanned.items()) {
            tables.of(record).map(assigned -> fresh(assigned, record)).ifPresent(one -> {
                var key = table.source().keyOf(record);
                switch (one.mapped()) {
                    case MappingOutcome.FilteredOut _ -> notGone(one, spill);
                    case MappingOutcome.MergedAway _ -> {
                        notGone(one, spill);
                        merged.put(key, one);
                    }
                    case MappingOutcome.Mapped _, MappingOutcome.Unmappable _ -> fresh.put(key, one);
                }
            });
        }
        boolean last = scanned.next().isEmpty();
        var step = window.advance(fresh.keySet(), last);
        var page = differences.page();
        leftOut(step, fresh, page, spill);
        if (at.page() == 0) {
            window.supersededEntries().forEach(entry -> spill.logged(of(entry).name(), entry.key()));
        }
        var judged = judge(step, fresh, page);
        for (var pair : judged.judged()) {
            spill(pair, judged.matched().contains(pair), spill);
        }
        judged.otherKinds().forEach((key, other) -> spill.logged(other, key));
        Stream.concat(step.late().stream(), judged.late().stream())
                .filter(key ->
                        scope.includes(fresh.get(key).table(), fresh.get(key).record()))
                .forEach(key -> late(key, fresh.get(key), page, spill));
        merged.forEach((key, one) -> {
            if (scope.includes(one.table(), one.record())) {
                page.add(one.table(), Verdict.MERGED, key);
            }
        });
        candidates.write(scanned.items(), at.page(), redone);
        differences.write(at.page(), page, redone);
        tables.all()
                .values()
                .forEach(one -> spills.values(one.name()).ifPresent(values -> {
                    oldIds(one, fresh.values(), values);
                    judged.ours().getOrDefault(one.name(), List.of()).forEach(values::in);
                    spill.values(values);
                }));
        spills.write(Spill.SOURCE, at.page(), spill, redone);
        spills.write(Spills.VANISHED, at.page(), spills.vanished(this::of, judged.vanished()), redone);
        return page.advanced(scanned.next().map(window::cursor), judged.digests());
    }

    /** What the copy met and left out is late, whatever it is by now. */
    private void leftOut(LoggedWindow.Step step, Map<Key, Fresh> fresh, Differences.OfPage page, Spill spill) {
        var taken = taken(step, fresh);
        for (var entry : step.met()) {
            var key = entry.origin().key();
            var now = fresh.get(key);
            if (entry.operation().leavesOut()) {
                notGone(now, spill);
            }
            if (entry.operation().leavesOut() && scope.includes(now.table(), now.record())) {
                switch (now.mapped()) {
                    case MappingOutcome.Unmappable why -> page.late(now.table(), key, why);
                    case MappingOutcome.Mapped _ when taken.contains(key) -> page.lateSinceTaken(now.table(), key);
                    case MappingOutcome.Mapped _, MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _ ->
                        page.add(now.table(), Verdict.LATE, key);
                }
            }
        }
    }

    /** Of the records that were left out, those under whose new keys others' records stand. */
    private Set<Key> taken(LoggedWindow.Step step, Map<Key, Fresh> fresh) {
        var items = new HashMap<Key, Map<String, AttributeValue>>();
        step.met().stream()
                .filter(entry -> entry.operation().leavesOut())
                .map(entry -> entry.origin().key())
                .forEach(key -> fresh.get(key).item().ifPresent(item -> items.put(key, item)));
        var shape = table.target();
        var found = target.read(items.values().stream().map(shape::keyOf).collect(Collectors.toSet()));
        items.values()
                .removeIf(item -> Optional.ofNullable(found.get(shape.keyOf(item)))
                        .filter(there -> !SameContent.same(there, item))
                        .isEmpty());
        return items.keySet();
    }

    private static Fresh fresh(Assigned<VerifiedTable> assigned, Map<String, AttributeValue> record) {
        var mapped = assigned.fault()
                .<MappingOutcome>map(fault -> fault)
                .orElseGet(() -> assigned.with().copying().apply(record));
        return new Fresh(assigned.table(), record, mapped, assigned.with().mapping());
    }

    /** What an earlier run wrote of it is not gone: the record is there, and this run is not about it. */
    private void notGone(Fresh one, Spill spill) {
        if (!isFirst) {
            tables.get(one.table())
                    .keyOf(one.record(), table.source())
                    .ifPresent(key -> spill.leftOut(one.table(), key));
        }
    }

    /** The table of a logged record. */
    private VerifiedTable of(LogEntry entry) {
        return tables.get(entry.table().orElse(unit));
    }

    /** A source record that no page of the log names; the matching knows whether it was there when all began. */
    private void late(Key key, Fresh fresh, Differences.OfPage page, Spill spill) {
        var name = fresh.table();
        switch (fresh.mapped()) {
            case MappingOutcome.Mapped(var item) ->
                spill.late(name, table.target().keyOf(item), key, fresh.digest());
            case MappingOutcome.Unmappable why -> {
                page.late(name, key, why);
                notGone(fresh, spill);
            }
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _ -> page.add(name, Verdict.LATE, key);
        }
    }

    /**
     * @param judged those that have a verdict
     * @param matched those of them whose target record is what the source record maps to now
     * @param vanished what the target held, and what expired since or somebody else deleted
     * @param late records that an attempt read, and that were not written before they appeared again
     * @param digests of what the target should hold, and of what was found there instead
     * @param otherKinds tables that target records look as if they were of, although they were logged as of another
     * @param ours what the target holds of what the run logged; what others had there before is not among it
     */
    private record Judged(
            List<Pair> judged,
            Set<Pair> matched,
            List<LogEntry> vanished,
            List<Key> late,
            Map<TableName, ExpectedAndFound> digests,
            Map<Key, TableName> otherKinds,
            Map<TableName, List<Map<String, AttributeValue>>> ours) {}

    private Judged judge(LoggedWindow.Step step, Map<Key, Fresh> fresh, Differences.OfPage page) {
        var regular = Stream.concat(step.met().stream(), step.gone().stream())
                .filter(entry -> !entry.operation().leavesOut())
                .map(entry -> pair(entry, Set.of(entry.content()), fresh))
                .toList();
        var abandoned = step.abandoned().stream()
                .map(entry -> pair(entry, window.superseded(entry), fresh))
                .toList();
        var found = target.read(Stream.concat(regular.stream(), abandoned.stream())
                .map(pair -> pair.entry().key())
                .distinct()
                .toList());
        // An attempt that others took the place of may have written nothing: then the target is as it was before.
        var written = abandoned.stream()
                .filter(pair -> !pair.isAsBefore(
                        Optional.ofNullable(found.get(pair.entry().key()))))
                .toList();
        var unwritten = abandoned.stream()
                .filter(pair -> !written.contains(pair) && pair.fresh().isPresent())
                .map(pair -> pair.entry().origin().key())
                .toList();
        return judge(Stream.concat(regular.stream(), written.stream()).toList(), unwritten, found, page);
    }

    private Judged judge(
            List<Pair> pairs, List<Key> late, Map<Key, Map<String, AttributeValue>> found, Differences.OfPage page) {
        var matched = Collections.<Pair>newSetFromMap(new IdentityHashMap<>());
        var vanished = new ArrayList<LogEntry>();
        var digests = new HashMap<TableName, ExpectedAndFound>();
        var otherKinds = new HashMap<Key, TableName>();
        var ours = new HashMap<TableName, List<Map<String, AttributeValue>>>();
        var kept = kept(pairs, found.keySet());
        for (var pair : pairs) {
            var plan = of(pair.entry()).plan();
            var comparison = new Comparison(invocation.time().instant());
            var there = Optional.ofNullable(found.get(pair.entry().key()));
            there.flatMap(tables::of)
                    .filter(one -> !one.table().equals(plan.name()))
                    .ifPresent(one -> otherKinds.put(pair.entry().key(), one.table()));
            var compared = compared(plan.name(), comparison, pair, there, kept);
            boolean onDrift = compared == Verdict.DRIFTED && pair.wrote() && plan.failsOnDrift();
            var verdict = onDrift ? Verdict.ALTERED : compared;
            boolean isJudged = scope.includes(plan.name(), pair, there);
            if (isJudged) {
                if (verdict != Verdict.SKIPPED) {
                    there.ifPresent(record -> ours.computeIfAbsent(plan.name(), _ -> new ArrayList<>())
                            .add(record));
                }
                digests.computeIfAbsent(plan.name(), _ -> new ExpectedAndFound())
                        .add(verdict, pair.expected(), there);
                add(verdict, onDrift, pair, there, page);
            }
            if (verdict == Verdict.MATCHED && isJudged) {
                matched.add(pair);
            } else if ((verdict == Verdict.EXPIRED || verdict == Verdict.DRIFTED) && there.isEmpty()) {
                vanished.add(pair.entry());
            }
        }
        return new Judged(pairs, matched, vanished, late, digests, otherKinds, ours);
    }

    /** The keys of those that a later run keeps, of records whose source records are not there. */
    private Map<TableName, Set<Key>> kept(List<Pair> pairs, Set<Key> found) {
        var gone = new HashMap<TableName, Set<Key>>();
        pairs.stream()
                .filter(pair ->
                        pair.fresh().isEmpty() && found.contains(pair.entry().key()))
                .forEach(pair -> gone.computeIfAbsent(of(pair.entry()).name(), _ -> new HashSet<>())
                        .add(pair.entry().key()));
        gone.replaceAll(later::keptGone);
        return gone;
    }

    private Verdict compared(
            TableName name,
            Comparison comparison,
            Pair pair,
            Optional<Map<String, AttributeValue>> there,
            Map<TableName, Set<Key>> kept) {
        var entry = pair.entry();
        if (pair.isAsBefore(there) && rolledBack.include(name, entry.key(), entry.operation())) {
            return Verdict.ROLLED_BACK;
        }
        var verdict = comparison.of(pair, there);
        boolean isAsLeft = verdict == Verdict.MATCHED || verdict == Verdict.SKIPPED || verdict == Verdict.EXPIRED;
        boolean isKept = kept.getOrDefault(name, Set.of()).contains(entry.key());
        return !isAsLeft && (isKept || later.include(name, entry.key())) ? Verdict.LATER_RUN : verdict;
    }

    private void add(
            Verdict verdict,
            boolean onDrift,
            Pair pair,
            Optional<Map<String, AttributeValue>> there,
            Differences.OfPage page) {
        var table = of(pair.entry()).name();
        var expected = pair.expected();
        boolean differs = verdict == Verdict.ALTERED || verdict == Verdict.DRIFTED;
        if (differs && expected.isPresent() && there.isPresent()) {
            page.add(table, verdict, pair.entry().key(), expected.get(), there.get(), onDrift);
        } else {
            page.add(table, verdict, pair.entry().key());
        }
    }

    private Pair pair(LogEntry entry, Set<Digest> ours, Map<Key, Fresh> fresh) {
        var superseded = new HashSet<>(window.superseded(entry));
        superseded.removeAll(ours);
        return new Pair(
                entry,
                ours,
                superseded,
                Optional.ofNullable(fresh.get(entry.origin().key())));
    }

    /**
     * What the matching of the level needs: our keys, and the references that stand in the target. Those of a source
     * record that has changed since do not.
     */
    private void spill(Pair pair, boolean matched, Spill spill) {
        var entry = pair.entry();
        var wrote = Optional.of(entry.content()).filter(_ -> entry.operation().writes());
        spill.logged(of(entry).name(), entry.key(), entry.origin().key(), wrote);
        pair.fresh().filter(_ -> matched).ifPresent(fresh -> {
            for (var use : tables.get(fresh.table()).mapping().references(fresh.record())) {
                if (use instanceof ReferenceUse.Used used) {
                    spills.used(spill, used, fresh.table(), entry.key());
                }
            }
        });
    }

    /** Adds the ids that records of {@code one} had and no longer have. */
    private void oldIds(VerifiedTable one, Collection<Fresh> read, SeenValues values) {
        if (spills.changesIds(one.name())) {
            read.stream()
                    .filter(fresh -> fresh.table().equals(one.name()))
                    .forEach(fresh -> one.mapping()
                            .ownId(fresh.record())
                            .ifPresent(id -> values.known(one.plan().family(), id)));
        }
    }
}
