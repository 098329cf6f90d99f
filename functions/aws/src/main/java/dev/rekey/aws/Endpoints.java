package dev.rekey.aws;

import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the services are, by the variables that every AWS SDK knows. */
record Endpoints(Map<String, String> environment) {
    private static final String PREFIX = "AWS_ENDPOINT_URL";
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    Endpoints {
        environment = Map.copyOf(environment);
    }

    Optional<URI> dynamoDb() {
        return of("DYNAMODB");
    }

    Optional<URI> s3() {
        return of("S3");
    }

    Optional<URI> stepFunctions() {
        return of("SFN");
    }

    Optional<URI> sns() {
        return of("SNS");
    }

    Optional<URI> sts() {
        return of("STS");
    }

    /**
     * Whether the tables are on this machine, where no roles are. An endpoint elsewhere, that of a VPC say, does not
     * change which role is assumed.
     */
    boolean tablesAreLocal() {
        return sts().isEmpty()
                && dynamoDb().map(URI::getHost).filter(LOOPBACK_HOSTS::contains).isPresent();
    }

    private Optional<URI> of(String service) {
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return Optional.empty();
        }
        var name = PREFIX + "_" + service;
        return value(name).or(() -> value(PREFIX)).map(url -> parsed(name, url));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(url -> !url.isBlank());
    }

    private static URI parsed(String name, String url) {
        try {
            var uri = URI.create(url);
            if (uri.getScheme() != null && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new StoreException(
                Kind.INVALID,
                "Cannot use the endpoint " + name + ": \"" + url + "\" is not a URL. Nothing was changed. "
                        + "Use a URL such as http://127.0.0.1:8000.");
    }
}
