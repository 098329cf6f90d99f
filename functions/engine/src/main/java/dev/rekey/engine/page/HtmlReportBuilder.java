package dev.rekey.engine.page;

import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.log.IdList;
import dev.rekey.engine.log.MappedIds;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.ReportSources;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.segment.Timeline;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gathers what the page of a report shows beside the report itself. */
public final class HtmlReportBuilder {
    /** Runs of more records show no mapping of ids: it would make the page heavy. */
    private static final long MOST_IDS = 2_000;

    private final Documents documents;
    private final RunContext run;

    public HtmlReportBuilder(Documents documents, RunContext run) {
        this.documents = documents;
        this.run = run;
    }

    public String of(RunReport report) {
        return HtmlReport.of(new Shown(
                report,
                analysis(report),
                Stored.entries(documents, run.manifest().run()),
                earlier(report),
                mapping(report)));
    }

    private Optional<Analysis> analysis(RunReport report) {
        return switch (report.outcome()) {
            case ANALYZED, REFUSED, MIGRATED -> new ReportSources(documents, run).analysis();
            case TESTED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE -> Optional.empty();
        };
    }

    /** How the stages went that a report of a failure or a stop does not repeat. */
    private List<Timeline> earlier(RunReport report) {
        return switch (report.outcome()) {
            case ROLLED_BACK, STOPPED, INCOMPLETE ->
                report.worksOnEarlierRun() ? List.of() : stagesBut(report.work().timelines());
            case ANALYZED, REFUSED, TESTED, MIGRATED, VERIFIED -> List.of();
        };
    }

    private List<Timeline> stagesBut(List<Timeline> known) {
        var sources = new ReportSources(documents, run);
        var copied = StageCheckpoints.of(documents, run.folder(), Stage.COPY);
        var stages = known.stream().map(Timeline::stage).collect(Collectors.toSet());
        return sources.withReading(sources.ofLevels(copied, "copy")).stream()
                .filter(timeline -> !stages.contains(timeline.stage()))
                .toList();
    }

    private Optional<List<MappedIds>> mapping(RunReport report) {
        boolean shown = switch (report.outcome()) {
            case MIGRATED, TESTED -> Counted.READ.in(report.work().counts()) <= MOST_IDS;
            case ANALYZED, REFUSED, VERIFIED, ROLLED_BACK, STOPPED, INCOMPLETE -> false;
        };
        if (!shown) {
            return Optional.empty();
        }
        var ids = new ArrayList<MappedIds>();
        try {
            new IdList(
                            new UndoLog(documents, run.folder()),
                            run.manifest(),
                            FrozenMerges.at(
                                    documents,
                                    run.folder(),
                                    run.plan(),
                                    run.manifest().levels().size()))
                    .each(ids::add);
        } catch (StoreException e) {
            return withoutLog(e);
        }
        return Optional.of(ids);
    }

    /** The run has ended already: without a page of its log it has a report all the same, but no mapping. */
    private static Optional<List<MappedIds>> withoutLog(StoreException e) {
        return switch (e.kind()) {
            case MISSING -> Optional.empty();
            case THROTTLED, UNAVAILABLE, DENIED, INVALID -> throw e;
        };
    }
}
