package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket whose objects are created on condition, replaced on condition, put, and deleted. */
final class WrittenBucket implements WrittenStore {
    private static final int CONDITION_FAILED = 412;
    private static final int KEYS = 8;
    private static final int LARGEST = 100_000;

    private final S3Client client;
    private final String bucket;
    private final Map<String, String> tags = new HashMap<>();

    WrittenBucket(URI address, String bucket) {
        this.bucket = bucket;
        this.client = S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                // Whoever asks again does not know which of the two requests was carried out.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** For another bucket of the same store. */
    private WrittenBucket(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    WrittenBucket bucket(String name) {
        return new WrittenBucket(client, name);
    }

    @Override
    public void write(Claims claims, Random random, int writer) {
        String key = "writer-" + writer + "/" + random.nextInt(KEYS);
        switch (random.nextInt(6)) {
            case 0 -> delete(claims, key);
            case 1 -> put(claims, Claims.ONCE + random.nextInt(2 * KEYS), random, put -> put.ifNoneMatch("*"));
            case 2 -> put(claims, key, random, UnaryOperator.identity());
            default -> put(claims, key, random, condition(key));
        }
    }

    private UnaryOperator<PutObjectRequest.Builder> condition(String key) {
        var tag = tag(key);
        return tag.isEmpty() ? put -> put.ifNoneMatch("*") : put -> put.ifMatch(tag.get());
    }

    private void put(Claims claims, String key, Random random, UnaryOperator<PutObjectRequest.Builder> condition) {
        int number = random.nextInt();
        claims.ask(key, Optional.of(number));
        try {
            var request =
                    condition.apply(PutObjectRequest.builder().bucket(bucket).key(key));
            var answer = client.putObject(request.build(), RequestBody.fromBytes(content(number)));
            claims.acknowledge(key, Optional.of(number));
            remember(key, answer.eTag());
        } catch (S3Exception answered) {
            // Of the keys that nobody else writes everybody knows what is there.
            assertThat(answered.statusCode()).as(answered.getMessage()).isEqualTo(CONDITION_FAILED);
            assertThat(key).startsWith(Claims.ONCE);
            claims.refuse(key, Optional.of(number));
        }
    }

    private void delete(Claims claims, String key) {
        claims.ask(key, Optional.empty());
        client.deleteObject(r -> r.bucket(bucket).key(key));
        claims.acknowledge(key, Optional.empty());
        forget(key);
    }

    @Override
    public void deleteOnce(Claims claims) {
        for (int i = 0; i < 2 * KEYS; i++) {
            delete(claims, Claims.ONCE + i);
        }
    }

    @Override
    public Map<String, Integer> read() {
        var found = new HashMap<String, Integer>();
        for (var object : client.listObjectsV2Paginator(r -> r.bucket(bucket)).contents()) {
            var stored = client.getObjectAsBytes(r -> r.bucket(bucket).key(object.key()));
            var bytes = stored.asByteArray();
            int number = ByteBuffer.wrap(bytes).getInt();
            assertThat(bytes).as(object.key()).isEqualTo(content(number));
            found.put(object.key(), number);
            remember(object.key(), stored.response().eTag());
        }
        return found;
    }

    private synchronized Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key));
    }

    private synchronized void remember(String key, String tag) {
        tags.put(key, tag);
    }

    private synchronized void forget(String key) {
        tags.remove(key);
    }

    /** The number, and what follows from it. */
    private static byte[] content(int number) {
        var random = new Random(number);
        var content = new byte[Integer.BYTES + random.nextInt(LARGEST)];
        random.nextBytes(content);
        ByteBuffer.wrap(content).putInt(number);
        return content;
    }

    @Override
    public void close() {
        client.close();
    }
}
