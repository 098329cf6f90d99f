package dev.rekey.engine.proof;

import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The crash sweep over an exhibit, on DynamoDB Local and S3Mock. */
@Tag("exhaustive") // TwinSweepTest compares every request in every build.
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
        stores = new RealSweep(exhibit(), thorough, RunningStores.start(folder));
    }

    @AfterAll
    final void stop() {
        stores.close();
    }

    @Override
    final Testbed testbed() {
        return stores;
    }
}
