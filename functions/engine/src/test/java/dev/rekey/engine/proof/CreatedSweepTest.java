package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The crash sweep over records that are created in a copy because others refer to them, on stores in memory. */
final class CreatedSweepTest extends CrashSweepContract {
    CreatedSweepTest() {
        super(new CreatedExhibit(false));
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

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }
}
