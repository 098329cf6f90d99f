package dev.rekey.aws;

import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Files;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files in whatever buckets of S3. One attempt each: who asks tries again. For several threads at once. */
public final class S3Files implements Files {
    private static final int CONDITION_FAILED = 412;

    private final S3Client client;

    /** @param client makes one attempt only */
    public S3Files(S3Client client) {
        this.client = client;
    }

    @Override
    public Listed list(FileAddress prefix, Optional<String> startAfter) {
        return asked("ListBucket", "list", prefix, () -> {
            var answer = client.listObjectsV2(
                    r -> r.bucket(prefix.bucket()).prefix(prefix.key()).startAfter(startAfter.orElse(null)));
            var files = answer.contents().stream()
                    .map(file ->
                            new FileVersion(new FileAddress(prefix.bucket(), file.key()), file.size(), file.eTag()))
                    .toList();
            return new Listed(files, answer.isTruncated());
        });
    }

    @Override
    public Optional<byte[]> read(FileVersion file, long from, int length) {
        var address = file.address();
        return asked("GetObject", "read", address, () -> {
            try {
                return Optional.of(client.getObjectAsBytes(r -> r.bucket(address.bucket())
                                .key(address.key())
                                .range("bytes=" + from + "-" + (from + length - 1))
                                .ifMatch(file.tag()))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException _) {
                return Optional.<byte[]>empty();
            } catch (S3Exception e) {
                if (e.statusCode() == CONDITION_FAILED) {
                    return Optional.<byte[]>empty();
                }
                throw e;
            }
        });
    }

    private static <T> T asked(String action, String verb, FileAddress address, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw SdkFailure.of(
                            new SdkRequest(
                                    "s3:" + action,
                                    verb + " " + address,
                                    "the bucket " + address.bucket() + " and its files",
                                    false),
                            e)
                    .exception();
        }
    }
}
