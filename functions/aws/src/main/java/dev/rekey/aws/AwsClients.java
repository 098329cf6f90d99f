package dev.rekey.aws;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Clients of AWS, wired by variables of an environment like Lambda's: {@code AWS_REGION}, {@code AWS_ENDPOINT_URL} and
 * {@code AWS_ENDPOINT_URL_*}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_PROFILE}. Clients are made once and kept, all over
 * one pool of connections; for several threads at once.
 */
public final class AwsClients implements AutoCloseable {
    /** For eight workers in one process, each with as many requests at once as an invocation makes. */
    private static final int CONNECTIONS = 8 * Invocation.REQUESTS_AT_ONCE;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);
    /** It is for the records only: nobody should wait long for it. */
    private static final Duration IDENTITY_TIMEOUT = Duration.ofSeconds(5);

    private static final String ROLE_SESSION = "rekey";

    private final Map<String, String> environment;
    private final Endpoints endpoints;
    private final SdkHttpClient http;
    private final Map<Access, DynamoDbClients> dynamoDb = new ConcurrentHashMap<>();
    private final Map<Access, S3Client> s3 = new ConcurrentHashMap<>();
    private final Map<Region, SfnClient> stepFunctions = new ConcurrentHashMap<>();
    private final Map<Region, StsClient> sts = new ConcurrentHashMap<>();

    /** What tells one client of DynamoDB, or of S3, from another. */
    private record Access(Region region, Optional<String> roleArn, Optional<String> externalId, String session) {}

    private record DynamoDbClients(DynamoDbClient reads, DynamoDbClient writes) {}

    public AwsClients(Map<String, String> environment) {
        this(
                environment,
                ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT)
                        .tcpKeepAlive(true)
                        // Our objects are small: asking before sending costs a second journey for each.
                        .expectContinueEnabled(false)
                        .build());
    }

    /** Over connections of another kind. They are closed with this. */
    AwsClients(Map<String, String> environment, SdkHttpClient http) {
        this.environment = Map.copyOf(environment);
        this.endpoints = new Endpoints(environment);
        this.http = http;
    }

    /**
     * The tables of one side of a migration: in its region and with its role, or with the functions' own. Make one for
     * each side and invocation; the clients behind it are kept.
     *
     * @throws StoreException if no region is known
     */
    public DynamoTables tables(Side side) {
        return tables(side, ROLE_SESSION);
    }

    /** @param session of the role that the side names, as the records of its account show it */
    public DynamoTables tables(Side side, String session) {
        var clients = dynamoDb(side, session);
        return new DynamoTables(clients.reads(), clients.writes());
    }

    /**
     * The definitions of the tables of one side, reached in the same way.
     *
     * @throws StoreException if no region is known
     */
    public DynamoDefinitions definitions(Side side) {
        var clients = dynamoDb(side, ROLE_SESSION);
        return new DynamoDefinitions(clients.reads(), clients.writes());
    }

    private DynamoDbClients dynamoDb(Side side, String session) {
        var region = side.region().map(Region::of).orElseGet(this::region);
        var role = endpoints.tablesAreLocal() ? Optional.<String>empty() : side.roleArn();
        // Without a role there is no session.
        var name = role.isPresent() ? session : ROLE_SESSION;
        return dynamoDb.computeIfAbsent(new Access(region, role, side.externalId(), name), this::newDynamoDbClients);
    }

    /**
     * The objects of {@code bucket}.
     *
     * @param random for several threads at once
     */
    public S3Objects objects(String bucket, Time time, RandomGenerator random) {
        return new S3Objects(s3(), bucket, time, random);
    }

    /**
     * The files of one side of a migration: in its region and with its role, or with the functions' own.
     *
     * @throws StoreException if no region is known
     */
    public S3Files files(Side side) {
        var role = endpoints.s3().isPresent() ? Optional.<String>empty() : side.roleArn();
        var access = new Access(
                side.region().map(Region::of).orElseGet(this::region), role, side.externalId(), ROLE_SESSION);
        return new S3Files(s3.computeIfAbsent(access, this::newS3));
    }

    /** A client that makes one attempt only: {@link S3Objects} tries again by itself. */
    public S3Client s3() {
        return s3.computeIfAbsent(new Access(region(), Optional.empty(), Optional.empty(), ROLE_SESSION), this::newS3);
    }

    public SfnClient stepFunctions() {
        return stepFunctions.computeIfAbsent(region(), this::newStepFunctions);
    }

    /** Executions of Step Functions. */
    public Executions executions() {
        return new SfnExecutions(stepFunctions());
    }

    /** The tasks of the workflow that wait. */
    public TaskTokens taskTokens() {
        return new StepFunctionsTokens(stepFunctions());
    }

    /** ARN of the caller whose credentials these are, as STS tells it. Needs no permission. */
    public String callerIdentity() {
        return sts(region())
                .getCallerIdentity(request -> request.overrideConfiguration(c -> c.apiCallTimeout(IDENTITY_TIMEOUT)))
                .arn();
    }

    /** Where people are told what happened. */
    public SnsTopic topic(String arn) {
        return new SnsTopic(
                wired(SnsClient.builder(), endpoints.sns(), region(), AwsRetryStrategy.standardRetryStrategy())
                        .build(),
                arn);
    }

    private S3Client newS3(Access access) {
        var builder = S3Client.builder().forcePathStyle(endpoints.s3().isPresent());
        // The SDK itself would look for them in the environment of the process only.
        setting("AWS_REQUEST_CHECKSUM_CALCULATION")
                .map(RequestChecksumCalculation::valueOf)
                .ifPresent(builder::requestChecksumCalculation);
        setting("AWS_RESPONSE_CHECKSUM_VALIDATION")
                .map(ResponseChecksumValidation::valueOf)
                .ifPresent(builder::responseChecksumValidation);
        return wired(builder, endpoints.s3(), access.region(), AwsRetryStrategy.doNotRetry())
                .credentialsProvider(credentials(access))
                .build();
    }

    private Optional<String> setting(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(word -> word.toUpperCase(Locale.ROOT));
    }

    private SfnClient newStepFunctions(Region region) {
        return wired(SfnClient.builder(), endpoints.stepFunctions(), region, AwsRetryStrategy.standardRetryStrategy())
                .build();
    }

    private StsClient sts(Region region) {
        return sts.computeIfAbsent(
                region,
                _ -> wired(StsClient.builder(), endpoints.sts(), region, AwsRetryStrategy.standardRetryStrategy())
                        .build());
    }

    @Override
    public void close() {
        http.close();
    }

    private DynamoDbClients newDynamoDbClients(Access access) {
        var shared = new ReadCredentials(credentials(access), new SystemTime());
        return new DynamoDbClients(
                dynamoDb(access, shared.forReads(), AwsRetryStrategy.standardRetryStrategy()),
                dynamoDb(access, shared.forWrites(), AwsRetryStrategy.doNotRetry()));
    }

    private DynamoDbClient dynamoDb(Access access, AwsCredentialsProvider credentials, RetryStrategy retries) {
        return wired(DynamoDbClient.builder(), endpoints.dynamoDb(), access.region(), retries)
                .credentialsProvider(credentials)
                .build();
    }

    private AwsCredentialsProvider credentials(Access access) {
        return access.roleArn().map(role -> assumed(role, access)).orElseGet(() -> credentials(environment));
    }

    private AwsCredentialsProvider assumed(String roleArn, Access access) {
        return StsAssumeRoleCredentialsProvider.builder()
                // In the region of the functions: a role is known in all of them, and this one is surely reachable.
                .stsClient(sts(region()))
                .refreshRequest(r -> r.roleArn(roleArn)
                        .roleSessionName(access.session())
                        .externalId(access.externalId().orElse(null)))
                .build();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B wired(
            B builder, Optional<URI> endpoint, Region region, RetryStrategy retries) {
        builder.httpClient(http)
                .region(region)
                .credentialsProvider(credentials(environment))
                .overrideConfiguration(c -> c.retryStrategy(retries).apiCallAttemptTimeout(ATTEMPT_TIMEOUT));
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    /** Those of {@code environment}; else what the SDK finds: a profile, a container's or an instance's role. */
    public static AwsCredentialsProvider credentials(Map<String, String> environment) {
        var id = environment.get("AWS_ACCESS_KEY_ID");
        var secret = environment.get("AWS_SECRET_ACCESS_KEY");
        var token = environment.get("AWS_SESSION_TOKEN");
        if (environment.containsKey("AWS_PROFILE") && id == null) {
            // The SDK's own chain would prefer keys of the process's environment to the profile that was asked for.
            return new ProfileCredentials(environment.get("AWS_PROFILE"));
        }
        if (environment.containsKey("AWS_PROFILE") || id == null || secret == null) {
            return DefaultCredentialsProvider.builder()
                    .profileName(environment.get("AWS_PROFILE"))
                    .build();
        }
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }

    private Region region() {
        return Optional.ofNullable(environment.get("AWS_REGION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .map(Region::of)
                .orElseGet(this::regionThatTheSdkFinds);
    }

    private Region regionThatTheSdkFinds() {
        try {
            return DefaultAwsRegionProviderChain.builder()
                    .profileName(environment.get("AWS_PROFILE"))
                    .build()
                    .getRegion();
        } catch (SdkClientException e) {
            throw new StoreException(
                    Kind.INVALID, "Cannot reach AWS: no region is set. Nothing was changed. Set AWS_REGION.", e);
        }
    }
}
