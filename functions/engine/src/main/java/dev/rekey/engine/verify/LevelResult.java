package dev.rekey.engine.verify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.Timeline;
import java.util.List;
import java.util.Map;

/**
 * What verification says of one level.
 *
 * @param format 1
 * @param tables counts of verdicts, by table
 * @param failures how many records and references are not as they should be
 * @param differences the first of them, and of what is only reported; failures first
 * @param stale old ids that stand in the target, of this level and those before; empty unless it was looked for them
 * @param reading of both sides; in the document, its fields stand beside the others
 */
public record LevelResult(
        int format,
        int level,
        Map<TableName, Map<Counted, Long>> tables,
        long failures,
        List<Difference> differences,
        List<StaleIds> stale,
        @JsonUnwrapped Reading reading) {

    /**
     * What came of reading both sides.
     *
     * @param digests of each table: {@code expected}, what the source maps to; {@code found}, what stands there under the
     *     same keys; {@code target}, all that the target holds
     * @param timelines how the reading of each side went
     */
    public record Reading(Map<TableName, Map<String, TableDigest>> digests, List<Timeline> timelines) {}

    /** What the user is told who started the run. */
    public String message() {
        if (failures == 0) {
            return "Level " + level + " is correct.";
        }
        var first = differences.isEmpty() ? "" : first(differences.getFirst());
        return "Verification of level %d found %s%s".formatted(level, Wording.count(failures, "difference"), first);
    }

    private String first(Difference difference) {
        var named = "%s a record of %s that is %s: %s"
                .formatted(
                        Wording.agree(failures, ":", ", the first is"),
                        difference.table(),
                        difference.verdict().word(),
                        difference.record());
        return difference.onDrift()
                ? named
                        + ". The run did not write what stands there: somebody else did. That is a failure because the plan says onDrift: fail for %s. With onDrift: report, it is listed, and the run stays"
                                .formatted(difference.table())
                : named;
    }
}
