package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over kinds of records that share a table and are copied, on stores in memory. */
final class KindsSweepTest extends CrashSweepContract {
    KindsSweepTest() {
        super(new KindsExhibit(false));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
