package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** The crash sweep over records that come from files. */
final class FilesSweepTest extends CrashSweepContract {
    FilesSweepTest() {
        super(new FilesExhibit(new CopyExhibit()));
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }

    @Test
    void everyRequestOfARollbackIsLeftWithoutAnAnswer() {
        leaveARollbackWithoutAnswers();
    }
}
