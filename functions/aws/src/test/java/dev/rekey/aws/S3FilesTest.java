package dev.rekey.aws;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.FilesContract;
import dev.rekey.engine.store.Objects;
import java.util.Optional;
import java.util.Random;

final class S3FilesTest extends FilesContract {
    private static final AwsClients CLIENTS = new AwsClients(LocalStores.environment());

    @Override
    protected Files files() {
        return CLIENTS.files(new Side(
                "{table}", Optional.empty(), Optional.of("arn:aws:iam::111122223333:role/r"), Optional.empty(), true));
    }

    @Override
    protected String bucket() {
        return LocalStores.BUCKET;
    }

    @Override
    protected Objects objects() {
        return CLIENTS.objects(LocalStores.BUCKET, new SystemTime(), new Random(1));
    }
}
