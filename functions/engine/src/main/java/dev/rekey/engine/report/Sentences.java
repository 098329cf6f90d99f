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
                : " " + Wording.count(old, "old id") + Wording.agree(old, " remains", " remain")
                        + " in the target at undeclared places.";
    }

    static String unwritten(long identical) {
        return switch ((int) Math.min(2, identical)) {
            case 0 -> "Nothing was written: the plan selects no record.";
            case 1 -> "Nothing was written: the 1 record was already in the target and was verified.";
            default ->
                "Nothing was written: all " + Wording.count(identical, "record")
                        + " were already in the target and were verified.";
        };
    }

    static String kept(int drift) {
        return Wording.count(drift) + " kept because somebody else changed " + Wording.agree(drift, "it", "them");
    }

    static String overwritten(int records) {
        return Wording.count(records) + " overwritten although somebody else had changed "
                + Wording.agree(records, "it", "them");
    }
}
