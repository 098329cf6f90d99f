package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records that take values of others, and are changed in place, on stores in memory. */
final class ThroughInPlaceSweepTest extends CrashSweepContract {
    ThroughInPlaceSweepTest() {
        super(new ThroughExhibit(true));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
