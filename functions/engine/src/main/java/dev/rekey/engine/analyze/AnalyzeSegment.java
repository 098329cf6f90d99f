package dev.rekey.engine.analyze;

import dev.rekey.engine.census.RecordCount;
import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.checkpoint.PageOutcome;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.identity.Derivation;
import dev.rekey.engine.join.SeenValues;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.mapping.MappingOutcome;
import dev.rekey.engine.mapping.RecordMapping;
import dev.rekey.engine.mapping.ReferenceUse;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.record.ItemSize;
import dev.rekey.engine.record.TypedJson;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one segment of a source table, writes nothing to any table. */
public final class AnalyzeSegment implements PageStep {
    /** Name of the join that finds orphans, collisions and references that nobody declared. */
    public static final String JOIN = "analyze";

    private static final int FINDINGS_PER_PAGE = 20;

    private final OpenedRun run;
    private final TablePlan plan;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordMapping mapping;
    private final Map<FamilyName, Derivation> derivations;
    private final int partitions;
    private final SamplePages source;
    private final Documents documents;
    private final RunFolder folder;

    public AnalyzeSegment(OpenedRun run, TableName name, Segment segment, SourcePages source, Documents documents) {
        this.run = run;
        this.plan = run.plan().table(name);
        this.table = run.manifest().table(name);
        this.segment = segment;
        this.mapping = run.mapping(name);
        this.derivations = run.derivations();
        this.partitions = run.manifest().partitions();
        this.source = new SamplePages(source, segment, run.manifest().asked().sample());
        this.documents = documents;
        this.folder = run.folder();
    }

    /** What is collected of one page. */
    private final class Collected {
        private final Spill spill = new Spill(derivations);
        private final Optional<SeenValues> values = UndeclaredValues.of(run, plan.name());
        private final RecordCount count = new RecordCount();
        private final Map<String, Long> counts = new HashMap<>();
        private final List<Finding> findings = new ArrayList<>();

        void add(String name, long more) {
            counts.merge(name, more, Long::sum);
        }
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = source.page(at);
        var page = new Collected();
        page.add("read", scanned.items().size());
        for (var record : scanned.items()) {
            page.add("bytes", ItemSize.bytes(record));
            page.count.attributes(record);
            switch (mapping.map(record)) {
                case MappingOutcome.FilteredOut _ -> filteredOut(record, page);
                case MappingOutcome.Unmappable why ->
                    page.findings.add(finding(record, why.id(), why.path(), why.message()));
                case MappingOutcome.Mapped mapped -> mapped(record, mapped.item(), page);
            }
        }
        page.count.page(page.counts.getOrDefault("bytes", 0L));
        page.add("unmappable", page.findings.size());
        write(at.page(), redone, page);
        return new PageOutcome.Advanced(scanned.next(), page.counts, page.count.gathered());
    }

    private void filteredOut(Map<String, AttributeValue> record, Collected page) {
        page.add("filtered", 1);
        mapping.ownId(record).ifPresent(id -> page.spill.outside(plan.family(), id));
    }

    private void mapped(Map<String, AttributeValue> record, Map<String, AttributeValue> item, Collected page) {
        long bytes = ItemSize.bytes(item);
        page.add("targetBytes", bytes);
        page.count.target(item, bytes, table.target());
        var key = table.source().keyOf(record);
        mapping.ownId(record).ifPresent(id -> {
            page.spill.defined(plan.family(), id, key);
            page.values.ifPresent(values -> values.known(plan.family(), id));
        });
        page.values.ifPresent(values -> values.in(record));
        for (var use : mapping.references(record)) {
            switch (use) {
                case ReferenceUse.Used used -> page.spill.used(used, plan.name(), key);
                case ReferenceUse.Empty empty -> page.count.emptyReference(empty.path());
                case ReferenceUse.Unusable bad ->
                    page.findings.add(finding(record, bad.id(), bad.path(), bad.message()));
            }
        }
    }

    private void write(int number, boolean redone, Collected page) {
        page.values.ifPresent(page.spill::values);
        var origin = new Spill.Origin(plan.name(), "source", segment, number);
        page.spill.write(documents, folder.joinPrefix(JOIN), partitions, origin, redone);
        if (redone || !page.findings.isEmpty()) {
            var some = page.findings.stream().limit(FINDINGS_PER_PAGE).toList();
            documents.put(
                    folder.key("findings/%s/%s-%08d.json".formatted(plan.name(), segment.folder(), number)), some);
        }
    }

    private Finding finding(Map<String, AttributeValue> record, String id, String path, String message) {
        var key = TypedJson.text(table.source().keyOf(record).attributes());
        return new Finding(id, plan.name(), path, message, key);
    }
}
