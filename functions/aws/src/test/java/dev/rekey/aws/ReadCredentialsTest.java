package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

final class ReadCredentialsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aWriteTakesThoseOfTheLatestReadAndAsksNobody() {
        var credentials = credentials(START);
        credentials.forReads().resolveCredentials();
        credentials.forReads().resolveCredentials();

        assertThat(credentials.forWrites().resolveCredentials().accessKeyId()).isEqualTo("key 2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void withoutAReadAWriteAsks() {
        assertThat(credentials(START).forWrites().resolveCredentials().accessKeyId())
                .isEqualTo("key 1");
    }

    @Test
    void credentialsThatHaveExpiredAreNotUsed() {
        var credentials = credentials(START.plus(Duration.ofHours(1)));
        credentials.forReads().resolveCredentials();

        assertThat(credentials.forWrites().resolveCredentials().accessKeyId()).isEqualTo("key 2");
    }

    /** @param now when credentials that are valid for an hour from the start are used */
    private ReadCredentials credentials(Instant now) {
        return new ReadCredentials(this::next, InstantSource.fixed(now));
    }

    private AwsCredentials next() {
        return AwsSessionCredentials.builder()
                .accessKeyId("key " + asked.incrementAndGet())
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(START.plus(Duration.ofHours(1)))
                .build();
    }
}
