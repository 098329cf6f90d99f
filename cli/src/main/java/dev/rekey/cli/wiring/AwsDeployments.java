package dev.rekey.cli.wiring;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Place;
import dev.rekey.engine.turn.Time;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** Finds stacks in AWS accounts. */
final class AwsDeployments {
    private static final String PROFILE = "AWS_PROFILE";
    private static final String REGION = "AWS_REGION";
    private static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";

    private final Map<String, String> variables;
    private final Time time;
    private final RandomGenerator random;

    AwsDeployments(Map<String, String> variables, Time time, RandomGenerator random) {
        this.variables = variables;
        this.time = time;
        this.random = random;
    }

    Deployment open(Place.Aws place) {
        var faults = new Faults(place);
        var wanted = variables(place);
        try (var client = cloudFormation(place, wanted)) {
            var stack = new StackLookup(client, faults).find(place);
            return new AwsDeployment(place, wanted, stack, time, random, () -> {});
        } catch (SdkException e) {
            throw faults.explain("find the stack " + place.stack(), e);
        }
    }

    /** A profile that is asked for goes before keys that stand in the environment. */
    private Map<String, String> variables(Place.Aws place) {
        var wanted = new HashMap<>(variables);
        place.profile().ifPresent(name -> {
            wanted.put(PROFILE, name);
            wanted.remove("AWS_ACCESS_KEY_ID");
            wanted.remove("AWS_SECRET_ACCESS_KEY");
            wanted.remove("AWS_SESSION_TOKEN");
        });
        // In the order of the AWS tools: the option, the environment, the profile.
        place.region()
                .or(() -> Optional.ofNullable(variables.get(REGION)))
                .or(() -> Optional.ofNullable(variables.get(DEFAULT_REGION)))
                .or(() -> place.profile().flatMap(AwsDeployments::regionOf))
                .ifPresent(region -> wanted.put(REGION, region));
        return wanted;
    }

    private static Optional<String> regionOf(String profile) {
        return ProfileFile.defaultProfileFile().profile(profile).flatMap(found -> found.property("region"));
    }

    private static CloudFormationClient cloudFormation(Place.Aws place, Map<String, String> wanted) {
        var builder = CloudFormationClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(credentials(place));
        if (wanted.containsKey(REGION)) {
            builder.region(Region.of(wanted.get(REGION)));
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(Place.Aws place) {
        return place.profile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
