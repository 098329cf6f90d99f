package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records that are merged and left out of a copy, on stores in memory. */
final class MergesSweepTest extends CrashSweepContract {
    MergesSweepTest() {
        super(new MergesExhibit(false));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
