package dev.rekey.local.scale;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.interpreter.objects.Listing;
import dev.rekey.interpreter.objects.ObjectAddress;
import dev.rekey.interpreter.objects.ObjectStore;
import dev.rekey.interpreter.objects.ObjectStoreException;
import java.util.Optional;

/** The functions' bucket as the state machine sees it. */
record BucketObjects(Objects bucket) implements ObjectStore {
    @Override
    public byte[] read(ObjectAddress address) throws ObjectStoreException {
        return bucket.get(new ObjectKey(address.key()))
                .orElseThrow(() -> new ObjectStoreException("there is no object " + address))
                .content();
    }

    @Override
    public Listing list(String name, String prefix, Optional<String> token) throws ObjectStoreException {
        throw new ObjectStoreException("the workflow's document lists nothing");
    }

    @Override
    public void write(ObjectAddress address, byte[] content) {
        bucket.put(new ObjectKey(address.key()), content);
    }
}
