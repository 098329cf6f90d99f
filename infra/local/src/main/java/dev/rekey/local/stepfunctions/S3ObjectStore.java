package dev.rekey.local.stepfunctions;

import dev.rekey.interpreter.ports.ListedObject;
import dev.rekey.interpreter.ports.Listing;
import dev.rekey.interpreter.ports.ObjectAddress;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What ItemReader reads and ResultWriter writes: S3 through its client. */
public final class S3ObjectStore implements ObjectStore {
    private final Supplier<S3Client> s3;

    /** @param s3 gives the client, the same each time; asked for when first needed, because it is slow to build */
    public S3ObjectStore(Supplier<S3Client> s3) {
        this.s3 = s3;
    }

    @Override
    public byte[] read(ObjectAddress address) throws ObjectStoreException {
        try {
            return s3.get()
                    .getObjectAsBytes(get -> get.bucket(address.bucket()).key(address.key()))
                    .asByteArray();
        } catch (SdkException failed) {
            throw failure("read s3://" + address.bucket() + "/" + address.key(), failed);
        }
    }

    @Override
    public Listing list(String bucket, String prefix, Optional<String> token) throws ObjectStoreException {
        try {
            ListObjectsV2Response answer = s3.get()
                    .listObjectsV2(list -> list.bucket(bucket).prefix(prefix).continuationToken(token.orElse(null)));
            return new Listing(
                    answer.contents().stream().map(S3ObjectStore::listed).toList(),
                    Optional.ofNullable(answer.nextContinuationToken()));
        } catch (SdkException failed) {
            throw failure("list s3://" + bucket + "/" + prefix, failed);
        }
    }

    @Override
    public void write(ObjectAddress address, byte[] content) throws ObjectStoreException {
        try {
            s3.get().putObject(put -> put.bucket(address.bucket()).key(address.key()), RequestBody.fromBytes(content));
        } catch (SdkException failed) {
            throw failure("write s3://" + address.bucket() + "/" + address.key(), failed);
        }
    }

    private static ListedObject listed(S3Object object) {
        return new ListedObject(
                object.key(), object.size(), object.eTag(), object.lastModified(), object.storageClassAsString());
    }

    private static ObjectStoreException failure(String act, SdkException failed) {
        return new ObjectStoreException("Cannot " + act + ": " + failed.getMessage(), failed);
    }
}
