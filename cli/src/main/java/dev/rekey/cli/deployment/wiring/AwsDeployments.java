package dev.rekey.cli.deployment.wiring;

import dev.rekey.aws.AwsClients;
import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.Time;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** Finds stacks in AWS accounts. */
final class AwsDeployments {
    private static final String PROFILE = "AWS_PROFILE";
    private static final String REGION = "AWS_REGION";
    private static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";
    private static final int ACCOUNT_IN_ARN = 4;
    private static final Pattern LOOPBACK = Pattern.compile("^https?://(127\\.|localhost|\\[::1])");

    private final Map<String, String> variables;
    private final Time time;
    private final RandomGenerator random;

    AwsDeployments(Map<String, String> variables, Time time, RandomGenerator random) {
        this.variables = variables;
        this.time = time;
        this.random = random;
    }

    Deployment open(StackLocation.Aws place) {
        var wanted = variables(place);
        var local = localEndpoint();
        settings(place, wanted).check(place, local);
        var faults = new Faults(place, local);
        var endpoint = endpoint(wanted);
        try (var client = cloudFormation(wanted)) {
            var stack = new StackLookup(client, faults, endpoint, () -> where(wanted)).find(place);
            return new AwsDeployment(
                    place, wanted, stack, time, random, Optional.empty(), () -> false, Optional.empty());
        } catch (SdkException e) {
            throw faults.explain("find the stack " + place.stack() + " at " + endpoint, e);
        }
    }

    Account account(StackLocation.Aws place) {
        var wanted = variables(place);
        settings(place, wanted).check(place, localEndpoint());
        return new AwsAccount(wanted, Optional.empty());
    }

    private AwsSettings settings(StackLocation.Aws place, Map<String, String> wanted) {
        var profile = place.profile().or(() -> Optional.ofNullable(variables.get(PROFILE)));
        var region = Optional.ofNullable(wanted.get(REGION)).or(() -> usualRegion(profile));
        region.ifPresent(name -> wanted.put(REGION, name));
        return new AwsSettings(
                region,
                profile,
                new TreeSet<>(ProfileFile.defaultProfileFile().profiles().keySet()));
    }

    private static Optional<String> usualRegion(Optional<String> profile) {
        var chain = DefaultAwsRegionProviderChain.builder();
        profile.ifPresent(chain::profileName);
        try {
            return Optional.of(chain.build().getRegion().id());
        } catch (SdkClientException nothingSaysWhich) {
            return Optional.empty();
        }
    }

    /** Where CloudFormation is asked. */
    private static String endpoint(Map<String, String> wanted) {
        return Optional.ofNullable(wanted.get(ENDPOINT + "_CLOUDFORMATION"))
                .or(() -> Optional.ofNullable(wanted.get(ENDPOINT)))
                .orElseGet(() -> "https://cloudformation." + wanted.get(REGION) + ".amazonaws.com");
    }

    /** Account and region that the credentials lead to. */
    private static String where(Map<String, String> wanted) {
        var region = "region " + wanted.get(REGION);
        try (var account = new AwsAccount(wanted, Optional.empty())) {
            var parts = account.identity().split(":", -1);
            return parts.length > ACCOUNT_IN_ARN ? "account " + parts[ACCOUNT_IN_ARN] + ", " + region : region;
        }
    }

    /** The first variable that points a client of ours to this machine, with its value. */
    private Optional<String> localEndpoint() {
        return Stream.of("_DYNAMODB", "_S3", "_SFN", "_LAMBDA")
                .map(service -> ENDPOINT + service)
                .filter(name ->
                        LOOPBACK.matcher(variables.getOrDefault(name, "")).find())
                .map(name -> name + "=" + variables.get(name))
                .findFirst();
    }

    /** A profile that is asked for goes before keys that stand in the environment. */
    private Map<String, String> variables(StackLocation.Aws place) {
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

    private static CloudFormationClient cloudFormation(Map<String, String> wanted) {
        var builder = CloudFormationClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(AwsClients.credentials(wanted));
        if (wanted.containsKey(REGION)) {
            builder.region(Region.of(wanted.get(REGION)));
        }
        return builder.build();
    }
}
