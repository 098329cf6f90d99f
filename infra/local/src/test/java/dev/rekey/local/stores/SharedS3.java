package dev.rekey.local.stores;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.store.Objects;
import dev.rekey.local.TestFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** The S3 of the local stack, with its files written our way, for tests that do not end it: started once in this JVM. */
final class SharedS3 {
    private static final AwsClients CLIENTS = start();

    private SharedS3() {}

    static Objects objects() {
        return CLIENTS.objects("rekey", new SystemTime(), new Random(1));
    }

    private static AwsClients start() {
        var folder = TestFolder.create("rekey-s3");
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        try {
            var store = StoreProcess.launch(
                    StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "rekey"),
                    Path.of(System.getProperty("java.home")));
            TestFolder.atTheEnd(store::close, folder);
            return new AwsClients(Map.of(
                    "AWS_REGION", "eu-west-1",
                    "AWS_ACCESS_KEY_ID", "local",
                    "AWS_SECRET_ACCESS_KEY", "local",
                    "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60))));
        } catch (StoreFailedException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
