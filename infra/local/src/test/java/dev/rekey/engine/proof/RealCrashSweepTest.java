package dev.rekey.engine.proof;

import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The crash sweep on DynamoDB Local and S3Mock, as {@link RealSweep} says. */
@Tag("exhaustive") // TwinSweepTest compares every request in every build.
final class RealCrashSweepTest extends OperatedSweepContract {
    @TempDir
    static Path folder;

    private static RealSweep stores;

    @BeforeAll
    static void start() throws StoreFailedException, InterruptedException {
        stores = new RealSweep(new CopyExhibit(), _ -> true, RunningStores.start(folder));
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @Override
    Testbed testbed() {
        return stores;
    }
}
