package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records that are merged and marked in place, in the last level, on stores in memory. */
final class MergesInPlaceSweepTest extends CrashSweepContract {
    MergesInPlaceSweepTest() {
        super(new MergesExhibit(true));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
