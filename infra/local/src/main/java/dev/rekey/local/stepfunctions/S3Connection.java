package dev.rekey.local.stepfunctions;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A client of S3Mock, built when it is first needed: most documents never read a list from S3. */
public final class S3Connection implements Supplier<S3Client>, AutoCloseable {
    private final URI endpoint;
    private final String region;
    private Optional<S3Client> client = Optional.empty();

    public S3Connection(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    @Override
    public synchronized S3Client get() {
        if (client.isEmpty()) {
            client = Optional.of(S3Client.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(region))
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .build());
        }
        return client.get();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(S3Client::close);
    }
}
