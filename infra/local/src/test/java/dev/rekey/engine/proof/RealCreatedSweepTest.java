package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The crash sweep over parents that are created in a table that is changed in place, on DynamoDB Local and S3Mock. */
final class RealCreatedSweepTest extends CrashSweepContract {
    @TempDir
    static Path folder;

    private static RealSweep stores;

    RealCreatedSweepTest() {
        super(new CreatedExhibit(true));
    }

    @BeforeAll
    static void start() throws StoreFailedException, InterruptedException {
        stores = RealSweep.start(new CreatedExhibit(true), "table: put"::equals, folder);
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @Override
    Site place(Site site) {
        return stores.place(site);
    }

    @Override
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        return stores.chosen(requests, inMemory);
    }

    @Override
    <T> List<T> ways(int moment, List<T> all) {
        return RealSweep.ways(moment, all);
    }

    @Override
    UnaryOperator<Whole> compared() {
        return Whole::withoutAttempts;
    }
}
