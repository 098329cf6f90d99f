package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Every request of stores in memory, and every way to go on. */
final class CrashSweepTest extends OperatedSweepContract {
    @Override
    Site place(Site site) {
        return site.copy();
    }

    @Override
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        return requests.keySet();
    }

    @Override
    <T> List<T> ways(int moment, List<T> all) {
        return all;
    }

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
