package dev.rekey.engine.analyze;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.HotKeyDetector;
import dev.rekey.engine.scan.HotKeyProgress;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one segment of a source table, writes nothing to any table. */
public final class AnalyzeSegment implements PageStep {
    private final TableName name;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordKinds<AnalyzedTable> tables;
    /** What holds of a physical table is said once, whatever tables share it: for this one. */
    private final TableName first;

    /** Empty if no changes are listed. */
    private final Optional<ChangeDetail> detail;

    private final Families families;
    private final int partitions;
    private final SamplePages source;
    private final ReferredValues referred;
    private final Documents documents;
    private final RunFolder folder;
    private final long bytesPerRange;

    /**
     * @param referred what records take of others; read with the pages of {@code source}, unless they are a sample
     * @param conflicts of each table whose records are in the segment
     * @param bytesPerRange where one partition key value has many records, they can be cut after so many bytes
     */
    public AnalyzeSegment(
            RunContext run,
            TableName name,
            Segment segment,
            SourcePages source,
            ReferredValues referred,
            Function<TableName, TargetConflicts> conflicts,
            Documents documents,
            long bytesPerRange) {
        this.name = name;
        this.table = run.manifest().table(name);
        this.segment = segment;
        this.tables = RecordKinds.of(run, name, one -> new AnalyzedTable(run, one, conflicts.apply(one)));
        this.first = tables.all().keySet().stream().sorted().findFirst().orElseThrow();
        this.detail = run.manifest().options().changes();
        this.families = run.families();
        this.partitions = run.manifest().partitions();
        this.source = new SamplePages(source, segment, run.manifest().options().sample());
        this.referred = referred;
        this.documents = documents;
        this.folder = run.folder();
        this.bytesPerRange = bytesPerRange;
    }

    /** What is collected of one page. */
    private final class Collected {
        private final Spill spill = new Spill(families);
        private final Map<TableName, AnalyzedTable.OfPage> byTable = new TreeMap<>();
        /** Mapping stops at the first thing that is wrong, which stands among the references again. */
        private final Set<Finding> findings = new LinkedHashSet<>();

        private final Optional<PageChanges> changes = detail.map(_ -> new PageChanges(table));

        Collected() {
            tables.all().forEach((one, analyzed) -> byTable.put(one, analyzed.page()));
        }
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = source.page(at);
        if (source.sample().isPresent()) {
            referred.read(name, scanned.items());
        }
        var page = new Collected();
        page.byTable.get(first).referred(referred.costs());
        var crossing = HotKeyDetector.of(
                table.source(),
                table.target(),
                at.collected().passage().orElseGet(() -> HotKeyProgress.begun(bytesPerRange)));
        scanned.unreadable()
                .forEach(one -> page.findings.add(new Finding(
                        Severity.ERROR, one.id(), first, one.place(), one.message(), Finding.NO_RECORD, 1)));
        for (int i = 0; i < scanned.items().size(); i++) {
            var record = scanned.items().get(i);
            var place = scanned.place(i);
            long size = ItemSize.bytes(record);
            var becomes = tables.of(record).flatMap(assigned -> read(assigned, record, place, size, page));
            // A file is no partition key value: where it can be cut, nobody need ask its keys.
            if (crossing.isPresent() && place.isEmpty()) {
                crossing.get().met(record, size, becomes);
            }
        }
        tables.all().forEach((one, analyzed) -> withTarget(at, analyzed, page.byTable.get(one), page));
        write(at.page(), redone, page);
        var gathered = new HashMap<TableName, Gathered>();
        page.byTable.forEach(
                (one, collected) -> gathered.put(one, collected.gathered(one.equals(first), scanned.read())));
        return PageOutcome.Advanced.of(scanned.next(), gathered, tables.areSeveral())
                .passing(crossing.map(HotKeyDetector::passage));
    }

    /** What the record becomes; empty if it does not migrate. */
    private Optional<Map<String, AttributeValue>> read(
            Assigned<AnalyzedTable> assigned,
            Map<String, AttributeValue> record,
            Optional<String> place,
            long size,
            Collected page) {
        var one = assigned.with();
        var mine = page.byTable.get(assigned.table());
        mine.read(record, size);
        var outcome = assigned.fault().<MappingOutcome>map(fault -> fault).orElseGet(() -> one.map(record));
        switch (outcome) {
            case MappingOutcome.FilteredOut _ -> {
                mine.count(Counted.FILTERED, 1);
                page.changes.ifPresent(list -> list.leftOut(mine, record));
                one.mapping()
                        .ownId(record)
                        .ifPresent(id -> page.spill.outside(one.plan().family(), id));
            }
            // It exists, but what refers to it refers to the survivor.
            case MappingOutcome.MergedAway _ -> {
                mine.merged(record);
                page.changes.ifPresent(list -> list.merged(one, mine, record));
                one.notMarkable(record)
                        .ifPresent(why -> page.findings.add(
                                finding(one, record, why.id(), "merged." + why.path(), why.message())));
                one.mapping()
                        .ownId(record)
                        .ifPresent(id -> mine.known(one.plan().family(), id));
            }
            case MappingOutcome.Unmappable why -> {
                mine.count(Counted.UNMAPPABLE, 1);
                page.changes.ifPresent(list -> list.blocked(mine, record, why));
                page.findings.add(finding(one, record, why.id(), why.path(), why.message()));
                // It exists all the same: what refers to it is no orphan.
                spill(one, record, mine, page);
            }
            case MappingOutcome.Mapped mapped -> {
                long targetBytes = ItemSize.bytes(mapped.item());
                mine.count(Counted.TARGET_BYTES, targetBytes);
                written(one, record, mapped.item(), targetBytes, mine);
                mine.rows.add(new TargetConflicts.Row(record, mapped.item()));
                one.checks()
                        .spillNewKey(
                                table.target().keyOf(mapped.item()),
                                table.source().keyOf(record),
                                place,
                                page.spill);
                page.findings.addAll(
                        one.checks().missingAfter(mapped.item(), table.source().keyOf(record)));
                read(one, record, mapped.item(), page.spill);
                spill(one, record, mine, page);
                return Optional.of(mapped.item());
            }
        }
        return Optional.empty();
    }

    private void withTarget(Checkpoint at, AnalyzedTable one, AnalyzedTable.OfPage mine, Collected page) {
        var standing = one.conflicts().standing(mine.rows);
        page.findings.addAll(one.conflicts().of(mine.rows, standing));
        page.changes.ifPresent(list -> list.mapped(one, mine, standing));
        if (segment.index() == 0 && at.page() == 0 && one.plan().name().equals(first)) {
            one.conflicts().filledMeanwhile().ifPresent(page.findings::add);
        }
        if (at.page() == 0) {
            page.findings.addAll(one.newIds().withoutRecord(segment));
        }
    }

    private void written(
            AnalyzedTable one,
            Map<String, AttributeValue> record,
            Map<String, AttributeValue> item,
            long bytes,
            AnalyzedTable.OfPage mine) {
        if (!one.isInPlace()) {
            mine.records.target(item, bytes, table.target());
        } else if (item.equals(record)) {
            mine.count(Counted.IDENTICAL, 1);
            mine.records.unchanged(bytes);
        } else {
            mine.count(Counted.UPDATED, 1);
            mine.records.updated(record, item, table.source());
        }
    }

    /** So that verification can tell a record that the copy lost from one that others created or changed since. */
    private void read(
            AnalyzedTable one, Map<String, AttributeValue> record, Map<String, AttributeValue> item, Spill spill) {
        spill.read(one.plan().name(), table.target().keyOf(item), one.mapping().digest(record));
        one.mapping().ownId(record).ifPresent(id -> spill.read(one.plan().family(), id, RecordDigest.of(record)));
    }

    private void spill(
            AnalyzedTable one, Map<String, AttributeValue> record, AnalyzedTable.OfPage mine, Collected page) {
        var key = table.source().keyOf(record);
        var own = one.mapping().ownId(record);
        var uses = one.mapping().references(record);
        own.ifPresent(id -> {
            page.spill.defined(one.plan().family(), id, key);
            mine.known(one.plan().family(), id);
        });
        mine.values.ifPresent(values -> values.in(record));
        mine.composites.in(record, key);
        page.findings.addAll(one.checks().missing(record, key));
        one.checks().spill(record, key, own, uses, page.spill);
        one.mapping().absent(record).forEach(mine.records::emptyReference);
        for (var use : uses) {
            switch (use) {
                case ReferenceUse.Used used -> page.spill.used(used, one.plan().name(), key);
                case ReferenceUse.Empty empty -> mine.records.emptyReference(empty.path());
                case ReferenceUse.Unusable bad ->
                    page.findings.add(finding(one, record, bad.id(), bad.path(), bad.message()));
            }
        }
    }

    private void write(int number, boolean redone, Collected page) {
        page.byTable.values().forEach(mine -> {
            mine.values.ifPresent(page.spill::values);
            page.spill.composites(mine.composites);
        });
        var origin = new Spill.Origin(name, "source", segment, number);
        page.spill.write(documents, folder.joinPrefix(RunContext.ANALYSIS), partitions, origin, redone);
        var lines = new PageLines(documents, name, segment, number, redone);
        page.changes.ifPresent(changes -> lines.write(ChangeList.prefix(folder), changes.lines()));
        lines.write(Findings.ofRecords(folder), page.findings);
    }

    private Finding finding(
            AnalyzedTable one, Map<String, AttributeValue> record, String id, String path, String message) {
        var key = Spilled.text(table.source().keyOf(record));
        return new Finding(Severity.ERROR, id, one.plan().name(), path, message, key, 1);
    }
}
