package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/** The crash sweep on DynamoDB Local and S3Mock, as {@link RealSweep} says. */
@Order(1) // The longest of all: others run beside it.
final class RealCrashSweepTest extends OperatedSweepContract {
    @TempDir
    static Path folder;

    private static RealSweep stores;

    @BeforeAll
    static void start() throws StoreFailedException, InterruptedException {
        stores = RealSweep.start(new CopyExhibit(), _ -> true, folder);
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
}
