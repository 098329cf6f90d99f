package dev.rekey.engine.analyze;

import dev.rekey.engine.check.RecordChecks;
import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.checkpoint.PageOutcome;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.document.GzippedLines;
import dev.rekey.engine.finding.Finding;
import dev.rekey.engine.finding.Findings;
import dev.rekey.engine.identity.Derivation;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.mapping.MappingOutcome;
import dev.rekey.engine.mapping.RecordMapping;
import dev.rekey.engine.mapping.ReferenceUse;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.Problem.Severity;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.record.ItemSize;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one segment of a source table, writes nothing to any table. */
public final class AnalyzeSegment implements PageStep {
    /** Name of the join that finds orphans and collisions. */
    public static final String JOIN = "analyze";

    private final TablePlan plan;
    private final TableOfRun table;
    private final Segment segment;
    private final RecordMapping mapping;
    private final RecordChecks checks;
    private final Map<FamilyName, Derivation> derivations;
    private final int partitions;
    private final SourcePages source;
    private final TargetConflicts conflicts;
    private final Documents documents;
    private final RunFolder folder;

    public AnalyzeSegment(
            OpenedRun run,
            TableName name,
            Segment segment,
            SourcePages source,
            TargetConflicts conflicts,
            Documents documents) {
        this.plan = run.plan().table(name);
        this.table = run.manifest().table(name);
        this.segment = segment;
        this.mapping = run.mapping(name);
        this.checks = RecordChecks.of(run, name);
        this.derivations = run.derivations();
        this.partitions = run.manifest().partitions();
        this.source = source;
        this.conflicts = conflicts;
        this.documents = documents;
        this.folder = run.folder();
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = source.page(segment, at.cursor());
        var spill = new Spill(derivations);
        var counts = new HashMap<String, Long>(Map.of("unmappable", 0L));
        var findings = new ArrayList<Finding>();
        var rows = new ArrayList<TargetConflicts.Row>();
        for (var record : scanned.items()) {
            count(counts, "read", 1);
            count(counts, "bytes", ItemSize.bytes(record));
            switch (mapping.map(record)) {
                case MappingOutcome.FilteredOut _ -> count(counts, "filtered", 1);
                case MappingOutcome.Unmappable why -> {
                    count(counts, "unmappable", 1);
                    findings.add(finding(record, why.id(), why.path(), why.message()));
                    // It exists all the same: what refers to it is no orphan.
                    spill(record, spill, findings);
                }
                case MappingOutcome.Mapped mapped -> {
                    count(counts, "targetBytes", ItemSize.bytes(mapped.item()));
                    rows.add(new TargetConflicts.Row(record, mapped.item()));
                    spill(record, spill, findings);
                }
            }
        }
        findings.addAll(conflicts.of(rows));
        write(at.page(), redone, spill, findings);
        return new PageOutcome.Advanced(scanned.next(), counts);
    }

    private void spill(Map<String, AttributeValue> record, Spill spill, List<Finding> findings) {
        var key = table.source().keyOf(record);
        var own = mapping.ownId(record);
        var uses = mapping.references(record);
        own.ifPresent(id -> spill.defined(plan.family(), id, key));
        findings.addAll(checks.missing(record, key));
        checks.spill(record, key, own, uses, spill);
        for (var use : uses) {
            switch (use) {
                case ReferenceUse.Used used -> spill.used(used, plan.name(), key);
                case ReferenceUse.Unusable bad -> add(findings, finding(record, bad.id(), bad.path(), bad.message()));
            }
        }
    }

    private void write(int page, boolean redone, Spill spill, List<Finding> findings) {
        var origin = new Spill.Origin(plan.name(), "source", segment, page);
        spill.write(documents, folder.joinPrefix(JOIN), partitions, origin, redone);
        if (redone || !findings.isEmpty()) {
            var key =
                    "%s%s/%s-%08d.jsonl.gz".formatted(Findings.ofRecords(folder), plan.name(), segment.folder(), page);
            documents.putBytes(new ObjectKey(key), GzippedLines.of(findings));
        }
    }

    /** Mapping stops at the first thing that is wrong, which stands among the references again. */
    private static void add(List<Finding> findings, Finding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private Finding finding(Map<String, AttributeValue> record, String id, String path, String message) {
        var key = Spilled.text(table.source().keyOf(record));
        return new Finding(Severity.ERROR, id, plan.name(), path, message, key, 1);
    }

    private static void count(Map<String, Long> counts, String name, long more) {
        counts.merge(name, more, Long::sum);
    }
}
