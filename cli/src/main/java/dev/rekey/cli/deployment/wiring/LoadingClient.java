package dev.rekey.cli.deployment.wiring;

import dev.rekey.local.Endpoints;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that fills the tables of a stack on this machine. */
final class LoadingClient {
    private LoadingClient() {}

    static DynamoDbClient of(Endpoints endpoints) {
        var variables = endpoints.clientEnvironment();
        var credentials =
                AwsBasicCredentials.create(variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"));
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .endpointOverride(endpoints.dynamodb())
                .region(Region.of(endpoints.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
