package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The crash sweep over an exhibit, on DynamoDB Local and S3Mock. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RealCrashSweepContract extends CrashSweepContract {
    private final Predicate<String> thorough;
    private RealSweep stores;

    /** @param thorough kinds of requests of which more than the middle one is tried */
    RealCrashSweepContract(Exhibit exhibit, Predicate<String> thorough) {
        super(exhibit);
        this.thorough = thorough;
    }

    @BeforeAll
    final void start(@TempDir Path folder) throws StoreFailedException, InterruptedException {
        stores = RealSweep.start(exhibit(), thorough, folder);
    }

    @AfterAll
    final void stop() {
        stores.close();
    }

    @Override
    final Site place(Site site) {
        return stores.place(site);
    }

    @Override
    final Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        return stores.chosen(requests, inMemory);
    }

    @Override
    final <T> List<T> ways(int moment, List<T> all) {
        return RealSweep.ways(moment, all);
    }
}
