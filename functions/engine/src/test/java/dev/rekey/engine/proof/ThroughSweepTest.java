package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records that take values of others, and are copied, on stores in memory. */
final class ThroughSweepTest extends CrashSweepContract {
    ThroughSweepTest() {
        super(new ThroughExhibit(false));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
