package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records of which some are copied and others are changed in place, on stores in memory. */
final class MixedSweepTest extends CrashSweepContract {
    MixedSweepTest() {
        super(new MixedExhibit());
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
