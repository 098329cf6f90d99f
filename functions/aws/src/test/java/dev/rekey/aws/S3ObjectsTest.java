package dev.rekey.aws;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.ObjectsContract;
import java.util.Random;

final class S3ObjectsTest extends ObjectsContract {
    private static final AwsClients CLIENTS = new AwsClients(LocalStores.environment());

    @Override
    protected Objects objects() {
        return CLIENTS.objects(LocalStores.BUCKET, new SystemTime(), new Random(1));
    }
}
