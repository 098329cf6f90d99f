package dev.rekey.engine.page;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.log.MappedIds;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.segment.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * A report, and what its page shows beside it.
 *
 * @param analysis that the execution made, or that its migration began with
 * @param decisions of the run's ledger
 * @param earlier how the stages went that the report does not repeat
 * @param ids old and new ones, to be put inside the page; empty if there are too many of them
 */
record Shown(
        RunReport report,
        Optional<Analysis> analysis,
        List<LedgerEntry> decisions,
        List<Timeline> earlier,
        Optional<List<MappedIds>> ids) {

    Optional<Survey> survey() {
        return report.work().survey().or(() -> analysis.map(Analysis::survey));
    }

    /** Whether the plan says what happens to what was found there, and nobody has to look at it. */
    boolean isDecided(String id, TableName table, Optional<String> path) {
        return analysis.map(Analysis::decided).orElse(List.of()).stream()
                .anyMatch(one -> one.id().equals(id)
                        && one.table().equals(Optional.of(table))
                        && Optional.of(one.path()).equals(path));
    }
}
