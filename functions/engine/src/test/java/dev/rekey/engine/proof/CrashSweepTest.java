package dev.rekey.engine.proof;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Interceptor.Call;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every request of stores in memory, and every way to go on. */
final class CrashSweepTest extends CrashSweepContract {
    @Override
    Site place(Site site) {
        return site.copy();
    }

    @Override
    Set<Integer> chosen(Action action, List<Call> requests) {
        return IntStream.range(0, requests.size()).boxed().collect(Collectors.toSet());
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
}
