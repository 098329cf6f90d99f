package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The crash sweep over records that are created in a table that is changed in place, on stores in memory. */
final class CreatedInPlaceSweepTest extends CrashSweepContract {
    CreatedInPlaceSweepTest() {
        super(new CreatedExhibit(true));
    }

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

    /** An attempt that finds what an earlier one wrote logs what that one found as well. */
    @Override
    UnaryOperator<Whole> compared() {
        return Whole::withoutAttempts;
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
