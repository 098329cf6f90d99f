package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over kinds of records that share a table and are changed in place, on stores in memory. */
final class KindsInPlaceSweepTest extends CrashSweepContract {
    KindsInPlaceSweepTest() {
        super(new KindsExhibit(true));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
