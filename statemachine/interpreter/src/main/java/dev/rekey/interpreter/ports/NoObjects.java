package dev.rekey.interpreter.ports;

import java.util.Optional;

enum NoObjects implements ObjectStore {
    INSTANCE;

    @Override
    public byte[] read(ObjectAddress address) throws ObjectStoreException {
        throw refused(address.bucket());
    }

    @Override
    public Listing list(String bucket, String prefix, Optional<String> token) throws ObjectStoreException {
        throw refused(bucket);
    }

    @Override
    public void write(ObjectAddress address, byte[] content) throws ObjectStoreException {
        throw refused(address.bucket());
    }

    private static ObjectStoreException refused(String bucket) {
        return new ObjectStoreException("Cannot reach bucket '" + bucket
                + "': this interpreter was opened without an object store. Nothing was read or written."
                + " Open it with one.");
    }
}
