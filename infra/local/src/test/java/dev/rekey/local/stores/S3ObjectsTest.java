package dev.rekey.local.stores;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.ObjectsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The S3 of the local stack, with its files written our way. */
final class S3ObjectsTest extends ObjectsContract {
    @TempDir
    static Path folder;

    private static StoreProcess store;
    private static AwsClients clients;

    @BeforeAll
    static void start() throws Exception {
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        store = StoreProcess.launch(
                StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "rekey"), Path.of(System.getProperty("java.home")));
        clients = new AwsClients(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60))));
    }

    @AfterAll
    static void stop() {
        clients.close();
        store.close();
    }

    @Override
    protected Objects objects() {
        return clients.objects("rekey", new SystemTime(), new Random(1));
    }
}
