package dev.rekey.aws;

import java.io.UncheckedIOException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Those of a profile of the AWS configuration. Without a login, the SDK fails in half a dozen ways, by the kind of
 * the profile; here it is one.
 */
final class ProfileCredentials implements AwsCredentialsProvider {
    private final String profile;
    private final AwsCredentialsProvider found;

    ProfileCredentials(String profile) {
        this.profile = profile;
        this.found = ProfileCredentialsProvider.create(profile);
    }

    /** @throws SdkClientException if there are none, or they are no longer valid */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return found.resolveCredentials();
        } catch (SdkException | UncheckedIOException | IllegalStateException e) {
            throw SdkClientException.create(
                    "Unable to load credentials of the profile " + profile + ": " + e.getMessage(), e);
        }
    }
}
