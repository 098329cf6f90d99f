package dev.rekey.cloud;

import dev.rekey.handlers.WorkflowDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * On LocalStack: the jar that is deployed, in Lambda's own images, and the document in another interpreter than ours. Only
 * when it is asked for, with {@code ./mvnw verify -Pcloud}.
 */
class PromotionCloudTest extends PromotionContract {
    /** The last that needs no token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private static final String BUCKET = "rekey";
    private static final String ROLE = "arn:aws:iam::000000000000:role/rekey";
    private static final int TIMEOUT_SECONDS = 170;
    private static final int MEMORY_MEGABYTES = 1769;

    private LocalStackContainer container;

    @Override
    Installation install() throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new AssertionError("Cannot try the stack on LocalStack: there is no Docker that this user can reach."
                    + " Nothing was started. Start Docker, or leave out -Pcloud.");
        }
        container = new LocalStackContainer(IMAGE);
        container.start();
        try (var s3 = wired(S3Client.builder().forcePathStyle(true)).build()) {
            s3.createBucket(create -> create.bucket(BUCKET));
        }
        return new Installation(variables(), stateMachine(functions()), BUCKET);
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.stop();
        }
    }

    /** What stands for each function in the document, and its ARN. */
    private Map<String, String> functions() throws IOException {
        var jar = SdkBytes.fromByteArray(Files.readAllBytes(
                Path.of(System.getProperty("rekey.root"), "infra", "functions", "target", "rekey-functions.jar")));
        var arns = new HashMap<String, String>();
        try (var lambda = wired(LambdaClient.builder()).build()) {
            for (var step : WorkflowDocument.Step.values()) {
                var name = step.name().charAt(0) + step.name().substring(1).toLowerCase(Locale.ROOT);
                var created = lambda.createFunction(create -> create.functionName(step.functionName())
                        .runtime("java25")
                        .architectures(architecture())
                        .handler("dev.rekey.handlers." + name + "Handler")
                        .role(ROLE)
                        .timeout(TIMEOUT_SECONDS)
                        .memorySize(MEMORY_MEGABYTES)
                        .environment(environment ->
                                environment.variables(Map.of("REKEY_BUCKET", BUCKET, "REKEY_INVOCATION_SECONDS", "60")))
                        .code(code -> code.zipFile(jar)));
                arns.put("${" + name + "Function}", created.functionArn());
            }
            for (var step : WorkflowDocument.Step.values()) {
                lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(step.functionName()));
            }
        }
        return arns;
    }

    private String stateMachine(Map<String, String> functions) {
        var document = WorkflowDocument.template()
                .replace("${Partition}", "aws")
                .replace("${Bucket}", BUCKET)
                .replace("${Concurrency}", "4");
        for (var function : functions.entrySet()) {
            document = document.replace(function.getKey(), function.getValue());
        }
        var definition = document;
        try (var states = wired(SfnClient.builder()).build()) {
            return states.createStateMachine(create ->
                            create.name("rekey-migration").roleArn(ROLE).definition(definition))
                    .stateMachineArn();
        }
    }

    private Map<String, String> variables() {
        var endpoint = container.getEndpoint().toString();
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                endpoint,
                "AWS_ENDPOINT_URL_S3",
                endpoint,
                "AWS_ENDPOINT_URL_SFN",
                endpoint,
                "AWS_REGION",
                container.getRegion(),
                "AWS_ACCESS_KEY_ID",
                container.getAccessKey(),
                "AWS_SECRET_ACCESS_KEY",
                container.getSecretKey());
    }

    private <B extends AwsClientBuilder<B, ?>> B wired(B builder) {
        return builder.endpointOverride(URI.create(container.getEndpoint().toString()))
                .region(Region.of(container.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())));
    }

    /** Functions run in containers of this machine. */
    private static Architecture architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? Architecture.ARM64 : Architecture.X86_64;
    }
}
