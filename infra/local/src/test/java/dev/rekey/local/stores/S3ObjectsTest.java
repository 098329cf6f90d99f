package dev.rekey.local.stores;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.ObjectsContract;

/** The S3 of the local stack, with its files written our way. */
final class S3ObjectsTest extends ObjectsContract {
    @Override
    protected Objects objects() {
        return SharedS3.objects();
    }
}
