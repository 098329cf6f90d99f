package dev.rekey.interpreter.ports;

import java.util.Optional;

/** The object store (S3) that {@code ItemReader} reads and {@code ResultWriter} writes. Calls may block. */
public interface ObjectStore {
    /** The whole content of an object. */
    byte[] read(ObjectAddress address) throws ObjectStoreException;

    /** One page of the objects whose keys begin with the prefix, in key order. */
    Listing list(String bucket, String prefix, Optional<String> token) throws ObjectStoreException;

    /** Writes or replaces an object. */
    void write(ObjectAddress address, byte[] content) throws ObjectStoreException;

    /** A store without any object, for documents that name none. */
    static ObjectStore none() {
        return NoObjects.INSTANCE;
    }
}
