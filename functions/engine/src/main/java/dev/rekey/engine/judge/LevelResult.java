package dev.rekey.engine.judge;

import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.verify.Difference;
import java.util.List;
import java.util.Map;

/**
 * What verification says of one level.
 *
 * @param format 1
 * @param tables counts of verdicts, by table
 * @param failures how many records and references are not as they should be
 * @param differences the first of them
 */
public record LevelResult(
        int format, int level, Map<TableName, Map<String, Long>> tables, long failures, List<Difference> differences) {

    /** One sentence for whoever started the run. */
    public String message() {
        if (failures == 0) {
            return "Level " + level + " is right.";
        }
        var first = differences.isEmpty()
                ? ""
                : ", the first is a record of %s that is %s: %s"
                        .formatted(
                                differences.getFirst().table(),
                                differences.getFirst().verdict(),
                                differences.getFirst().record());
        return "Verification of level %d found %d differences%s".formatted(level, failures, first);
    }
}
