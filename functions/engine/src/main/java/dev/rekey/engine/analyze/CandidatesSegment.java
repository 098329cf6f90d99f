package dev.rekey.engine.analyze;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.segment.SizeHistogram;
import dev.rekey.engine.store.Documents;
import java.util.Map;

/**
 * Reads one segment of a physical table and writes down the records that may be merged because they match, and those that may
 * have to be created because records refer to them.
 */
public final class CandidatesSegment implements PageStep {
    private final TableName unit;
    private final Segment segment;
    private final MergeCandidateReader reader;
    private final CreatedCandidates created;
    private final SamplePages source;
    private final RunFolder folder;
    private final Documents documents;

    /** @param unit whose records are in the segment */
    public CandidatesSegment(
            RunContext run,
            TableName unit,
            Segment segment,
            SourcePages source,
            CreatedCandidates created,
            Documents documents) {
        this.unit = unit;
        this.segment = segment;
        this.documents = documents;
        this.created = created;
        this.reader = new MergeCandidateReader(run, unit);
        this.source = new SamplePages(source, segment, run.manifest().options().sample());
        this.folder = run.folder();
    }

    /** What the keys of the objects begin with that hold what is wrong with records which may be merged. */
    static String findings(RunFolder folder) {
        return folder.key("findings/merges/").name();
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = source.page(at);
        var page = reader.page();
        scanned.items().forEach(page::add);
        var lines = new PageLines(documents, unit, segment, at.page(), redone);
        lines.write(folder.mergeCandidates(), page.candidates());
        long units = created.write(scanned.items(), lines);
        lines.write(findings(folder), page.findings());
        var looked = new SegmentStatistics(SizeHistogram.EMPTY, Map.of(), 0, Map.of(), Map.of(Cost.LOOKED_FOR, units));
        return new PageOutcome.Advanced(
                scanned.next(),
                new Gathered(Map.of(Counted.READ, (long) scanned.items().size()), looked));
    }
}
