package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.verify.LevelResult;
import java.util.List;

/** Parts of the sentences that end an execution. */
final class Sentences {
    private Sentences() {}

    static String stale(List<LevelResult> levels) {
        long old = levels.stream()
                .flatMap(level -> level.stale().stream())
                .filter(ids -> ids.evidence() != Evidence.WEAK)
                .mapToLong(StaleIds::values)
                .sum();
        return old == 0
                ? ""
                : " But " + Wording.count(old, "old id") + Wording.agree(old, " stands", " stand")
                        + " in the target where no reference is declared.";
    }

    static String unwritten(long identical) {
        return switch ((int) Math.min(2, identical)) {
            case 0 -> "Nothing was written: the plan includes no record.";
            case 1 -> "Nothing was written: the 1 record was in the target already, verified.";
            default ->
                "Nothing was written: all " + Wording.count(identical, "record")
                        + " were in the target already, verified.";
        };
    }

    static String kept(int drift) {
        return Wording.count(drift) + " left because somebody else changed " + Wording.agree(drift, "it", "them");
    }

    static String overwritten(int records) {
        return Wording.count(records) + " put back although somebody else had changed "
                + Wording.agree(records, "it", "them");
    }
}
