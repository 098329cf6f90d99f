package dev.rekey.aws;

import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The credentials of one client's reads, taken over by its writes. A writer has checked the clock before; asking for
 * new credentials in between could delay the request past the end of the writer's lease. Reads come before every write and
 * renew credentials that are about to expire, a minute or more before they do.
 */
final class ReadCredentials {
    private final AwsCredentialsProvider found;
    private final InstantSource clock;
    private volatile Optional<AwsCredentials> latest = Optional.empty();

    ReadCredentials(AwsCredentialsProvider found, InstantSource clock) {
        this.found = found;
        this.clock = clock;
    }

    AwsCredentialsProvider forReads() {
        return this::resolved;
    }

    /** Those of the latest read; new ones only where nothing was read, or so long ago that they have expired. */
    AwsCredentialsProvider forWrites() {
        return () -> latest.filter(this::isValid).orElseGet(this::resolved);
    }

    private AwsCredentials resolved() {
        var resolved = found.resolveCredentials();
        latest = Optional.of(resolved);
        return resolved;
    }

    private boolean isValid(AwsCredentials credentials) {
        return credentials.expirationTime().map(clock.instant()::isBefore).orElse(true);
    }
}
