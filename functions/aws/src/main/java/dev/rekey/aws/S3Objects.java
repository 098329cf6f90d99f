package dev.rekey.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a bucket of S3. For several threads at once.
 *
 * <p>Tries again by itself, up to {@value #ATTEMPTS} times, when there is no answer, when S3 asks to slow down and when
 * two writers raced (409). The client must not: only so is it known whether an earlier attempt's answer was lost, and a
 * 412 after that may mean our own object. Then the object is read, and if it holds our bytes, the put is done.
 */
public final class S3Objects implements Objects {
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final int CONDITION_FAILED = 412;

    private final S3Client client;
    private final String bucket;
    private final Time time;
    private final RandomGenerator random;

    /**
     * @param client makes one attempt only
     * @param random for several threads at once
     */
    public S3Objects(S3Client client, String bucket, Time time, RandomGenerator random) {
        this.client = client;
        this.bucket = bucket;
        this.time = time;
        this.random = random;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return repeated(request("GetObject", "read", key.name(), false), () -> {
            try {
                var answer = client.getObjectAsBytes(r -> r.bucket(bucket).key(key.name()));
                return Optional.of(new Stored(
                        answer.asByteArray(), new Version(answer.response().eTag())));
            } catch (NoSuchKeyException e) {
                return Optional.<Stored>empty();
            }
        });
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return conditionally(key, content, put -> put.ifNoneMatch("*"));
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return conditionally(key, content, put -> put.ifMatch(version.tag()));
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        var _ = repeated(
                request("PutObject", "write", key.name(), true),
                () -> client.putObject(r -> r.bucket(bucket).key(key.name()), RequestBody.fromBytes(content)));
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return repeated(request("ListBucket", "list", prefix, false), () -> {
            var answer = client.listObjectsV2(r -> r.bucket(bucket)
                    .prefix(prefix)
                    .startAfter(startAfter.map(ObjectKey::name).orElse(null)));
            var keys = answer.contents().stream()
                    .map(S3Object::key)
                    .map(ObjectKey::new)
                    .toList();
            return new Listed(keys, answer.isTruncated());
        });
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return repeated(request("ListBucket", "list", prefix, false), () -> {
            var answer = client.listObjectsV2(r -> r.bucket(bucket)
                    .prefix(prefix)
                    .delimiter("/")
                    .startAfter(startAfter.map(ObjectKey::name).orElse(null)));
            var names = answer.commonPrefixes().stream()
                    .map(folder -> folder.prefix()
                            .substring(prefix.length(), folder.prefix().length() - 1))
                    .toList();
            return new Folders(
                    names, answer.isTruncated() ? Optional.of(last(answer, prefix, names)) : Optional.empty());
        });
    }

    /** A list may end with a folder, or with an object that lies in none. */
    private static ObjectKey last(ListObjectsV2Response answer, String prefix, List<String> names) {
        var folder = names.stream().map(name -> Folders.behind(prefix, name)).reduce((_, last) -> last);
        var object = answer.contents().stream()
                .map(S3Object::key)
                .map(ObjectKey::new)
                .reduce((_, last) -> last);
        return Stream.of(folder, object)
                .flatMap(Optional::stream)
                .max(Comparator.comparing(key -> key.name().getBytes(UTF_8), Arrays::compareUnsigned))
                .orElseThrow();
    }

    @Override
    public void delete(ObjectKey key) {
        var _ = repeated(
                request("DeleteObject", "delete", key.name(), true),
                () -> client.deleteObject(r -> r.bucket(bucket).key(key.name())));
    }

    private PutOutcome conditionally(ObjectKey key, byte[] content, UnaryOperator<PutObjectRequest.Builder> condition) {
        var request = request("PutObject", "write", key.name(), true);
        var put = condition
                .apply(PutObjectRequest.builder().bucket(bucket).key(key.name()))
                .build();
        boolean answerLost = false;
        for (int attempt = 1; ; attempt++) {
            try {
                var answer = client.putObject(put, RequestBody.fromBytes(content));
                return new PutOutcome.Done(new Version(answer.eTag()));
            } catch (SdkException e) {
                if (isConditionFailed(e)) {
                    return answerLost ? reconciled(key, content) : new PutOutcome.ConditionFailed();
                }
                var failure = SdkFailure.of(request, e);
                answerLost |= failure.kind() == Kind.UNAVAILABLE;
                pauseOrThrow(answerLost ? failure.afterLostAnswer() : failure, attempt);
            }
        }
    }

    /** 404 is S3's answer to {@code If-Match} where no object is; a bucket that is not there has a code of its own. */
    private static boolean isConditionFailed(SdkException e) {
        return e instanceof NoSuchKeyException || (e instanceof S3Exception s3 && s3.statusCode() == CONDITION_FAILED);
    }

    private PutOutcome reconciled(ObjectKey key, byte[] content) {
        return get(key).filter(stored -> Arrays.equals(stored.content(), content))
                .<PutOutcome>map(stored -> new PutOutcome.Done(stored.version()))
                .orElseGet(PutOutcome.ConditionFailed::new);
    }

    private <T> T repeated(SdkRequest request, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (SdkException e) {
                pauseOrThrow(SdkFailure.of(request, e), attempt);
            }
        }
    }

    private void pauseOrThrow(SdkFailure failure, int attempt) {
        boolean worthAnotherTry = switch (failure.kind()) {
            case THROTTLED, UNAVAILABLE -> attempt < ATTEMPTS;
            case DENIED, MISSING, INVALID -> false;
        };
        if (!worthAnotherTry) {
            throw failure.exception();
        }
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempt);
        time.sleep(Duration.ofMillis(longest / 2 + random.nextLong(longest / 2)));
    }

    private SdkRequest request(String action, String verb, String name, boolean writes) {
        return new SdkRequest("s3:" + action, verb + " s3://" + bucket + "/" + name, "the bucket " + bucket, writes);
    }
}
