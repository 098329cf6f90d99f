package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.CompositeValues;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.HotKeyDetector;
import dev.rekey.engine.scan.HotKeyProgress;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.RecordCount;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one segment of a source table, writes nothing to any table. */
public final class AnalyzeSegment implements PageStep {
    private final RunContext run;
    private final TablePlan plan;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordMapping mapping;
    private final Optional<InPlaceRecords> inPlace;
    private final RecordChecks checks;
    private final Families families;
    private final Set<String> undecidedKeys;
    private final Set<KeyType> changingTypes;
    private final int partitions;
    private final SamplePages source;
    private final TargetConflicts conflicts;
    private final NewIds newIds;
    private final Documents documents;
    private final RunFolder folder;
    private final long bytesPerRange;

    /** @param bytesPerRange where one partition key value has many records, they can be cut after so many bytes */
    public AnalyzeSegment(
            RunContext run,
            TableName name,
            Segment segment,
            SourcePages source,
            TargetConflicts conflicts,
            Documents documents,
            long bytesPerRange) {
        this.run = run;
        this.plan = run.plan().table(name);
        this.table = run.manifest().table(name);
        this.segment = segment;
        this.mapping = run.mapping(name);
        this.inPlace = Optional.of(plan)
                .filter(TablePlan::isInPlace)
                .map(_ -> new InPlaceRecords(run.inPlaceMapping(name, conflicts.earlierValues()), table.source()));
        this.checks = RecordChecks.of(run, name);
        this.families = run.families();
        this.undecidedKeys = UndecidedKeys.of(run, name);
        this.changingTypes = UndecidedKeys.changingTypes(run);
        this.partitions = run.manifest().partitions();
        this.source = new SamplePages(source, segment, run.manifest().options().sample());
        this.conflicts = conflicts;
        this.newIds = conflicts.newIds();
        this.documents = documents;
        this.folder = run.folder();
        this.bytesPerRange = bytesPerRange;
    }

    /** What is collected of one page. */
    private final class Collected {
        private final Spill spill = new Spill(families);
        private final Optional<SeenValues> values = UndeclaredValues.of(run, plan.name());
        private final CompositeValues composites = new CompositeValues(plan.name(), undecidedKeys, changingTypes);
        private final RecordCount records = new RecordCount();
        private final Map<Counted, Long> counts = new EnumMap<>(Map.of(Counted.UNMAPPABLE, 0L));
        /** Mapping stops at the first thing that is wrong, which stands among the references again. */
        private final Set<Finding> findings = new LinkedHashSet<>();

        private final List<TargetConflicts.Row> rows = new ArrayList<>();

        void count(Counted what, long more) {
            counts.merge(what, more, Long::sum);
        }
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = source.page(at);
        var page = new Collected();
        var crossing = HotKeyDetector.of(
                table.source(),
                table.target(),
                at.collected().passage().orElseGet(() -> HotKeyProgress.begun(bytesPerRange)));
        long bytes = 0;
        for (var record : scanned.items()) {
            long size = ItemSize.bytes(record);
            bytes += size;
            var becomes = Optional.<Map<String, AttributeValue>>empty();
            page.records.attributes(record);
            switch (map(record)) {
                case MappingOutcome.FilteredOut _ -> {
                    page.count(Counted.FILTERED, 1);
                    mapping.ownId(record).ifPresent(id -> page.spill.outside(plan.family(), id));
                }
                case MappingOutcome.Unmappable why -> {
                    page.count(Counted.UNMAPPABLE, 1);
                    page.findings.add(finding(record, why.id(), why.path(), why.message()));
                    // It exists all the same: what refers to it is no orphan.
                    spill(record, page);
                }
                case MappingOutcome.Mapped mapped -> {
                    long targetBytes = ItemSize.bytes(mapped.item());
                    page.count(Counted.TARGET_BYTES, targetBytes);
                    written(record, mapped.item(), targetBytes, page);
                    page.rows.add(new TargetConflicts.Row(record, mapped.item()));
                    page.findings.addAll(
                            checks.missingAfter(mapped.item(), table.source().keyOf(record)));
                    read(record, mapped.item(), page.spill);
                    spill(record, page);
                    becomes = Optional.of(mapped.item());
                }
            }
            if (crossing.isPresent()) {
                crossing.get().met(record, size, becomes);
            }
        }
        page.count(Counted.READ, scanned.items().size());
        page.count(Counted.BYTES, bytes);
        page.records.page(bytes);
        page.findings.addAll(conflicts.of(page.rows));
        if (segment.index() == 0 && at.page() == 0) {
            conflicts.filledMeanwhile().ifPresent(page.findings::add);
        }
        if (at.page() == 0) {
            page.findings.addAll(newIds.withoutRecord(segment));
        }
        write(at.page(), redone, page);
        return new PageOutcome.Advanced(
                scanned.next(), page.counts, page.records.statistics(), crossing.map(HotKeyDetector::passage));
    }

    private void written(
            Map<String, AttributeValue> record, Map<String, AttributeValue> item, long bytes, Collected page) {
        if (inPlace.isEmpty()) {
            page.records.target(item, bytes, table.target());
        } else if (item.equals(record)) {
            page.count(Counted.IDENTICAL, 1);
            page.records.unchanged(bytes);
        } else {
            page.count(Counted.UPDATED, 1);
            page.records.updated(record, item, table.source());
        }
    }

    /** In place, what the record is to be stands in the place of what it becomes. */
    private MappingOutcome map(Map<String, AttributeValue> record) {
        if (inPlace.isEmpty()) {
            return mapping.map(record);
        }
        return switch (inPlace.get().map(record)) {
            case InPlaceOutcome.Update update -> new MappingOutcome.Mapped(update.appliedTo(record));
            case InPlaceOutcome.Nothing _ -> new MappingOutcome.Mapped(record);
            case MappingOutcome.FilteredOut filtered -> filtered;
            case MappingOutcome.Unmappable why -> why;
        };
    }

    /** So that verification can tell a record that the copy lost from one that others created or changed since. */
    private void read(Map<String, AttributeValue> record, Map<String, AttributeValue> item, Spill spill) {
        var content = RecordDigest.of(record);
        spill.read(plan.name(), table.target().keyOf(item), content);
        mapping.ownId(record).ifPresent(id -> spill.read(plan.family(), id, content));
    }

    private void spill(Map<String, AttributeValue> record, Collected page) {
        var key = table.source().keyOf(record);
        var own = mapping.ownId(record);
        var uses = mapping.references(record);
        own.ifPresent(id -> {
            page.spill.defined(plan.family(), id, key);
            page.values.ifPresent(values -> values.known(plan.family(), id));
        });
        page.values.ifPresent(values -> values.in(record));
        page.composites.in(record, key);
        page.findings.addAll(checks.missing(record, key));
        checks.spill(record, key, own, uses, page.spill);
        for (var use : uses) {
            switch (use) {
                case ReferenceUse.Used used -> page.spill.used(used, plan.name(), key);
                case ReferenceUse.Empty empty -> page.records.emptyReference(empty.path());
                case ReferenceUse.Unusable bad ->
                    page.findings.add(finding(record, bad.id(), bad.path(), bad.message()));
            }
        }
    }

    private void write(int number, boolean redone, Collected page) {
        page.values.ifPresent(page.spill::values);
        page.spill.composites(page.composites);
        var origin = new Spill.Origin(plan.name(), "source", segment, number);
        page.spill.write(documents, folder.joinPrefix(RunContext.ANALYSIS), partitions, origin, redone);
        if (redone || !page.findings.isEmpty()) {
            var key = "%s%s/%s-%08d.jsonl.gz"
                    .formatted(Findings.ofRecords(folder), plan.name(), segment.folder(), number);
            documents.putBytes(new ObjectKey(key), GzippedLines.of(page.findings));
        }
    }

    private Finding finding(Map<String, AttributeValue> record, String id, String path, String message) {
        var key = Spilled.text(table.source().keyOf(record));
        return new Finding(Severity.ERROR, id, plan.name(), path, message, key, 1);
    }
}
