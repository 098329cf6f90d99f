package dev.rekey.engine.proof;

import org.junit.jupiter.api.Test;

/** Every request of stores in memory. */
final class CrashSweepTest extends OperatedSweepContract {
    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }

    @Test
    void everyRequestOfAnExclusiveRollback() {
        sweepAnExclusiveRollback();
    }

    @Test
    void everyRequestOfARollbackIsLeftWithoutAnAnswer() {
        leaveARollbackWithoutAnswers();
    }

    @Test
    void whoeverDiesAtAPauseLeavesNobodyWaiting() {
        letThemDieAtPauses();
    }

    @Test
    void everyRequestOfAPauseInARollback() {
        sweepAPauseInARollback();
    }

    @Test
    void everyRequestOfALimitedRollback() {
        sweepALimitedRollback();
    }

    @Test
    void everyRequestOfTheRollbackOfTheRest() {
        sweepTheRollbackOfTheRest();
    }

    @Test
    void everyRequestOfATestThatIsKept() {
        sweepATestThatIsKept();
    }

    @Test
    void everyRequestOfTheRollbackOfATest() {
        sweepTheRollbackOfATest();
    }
}
