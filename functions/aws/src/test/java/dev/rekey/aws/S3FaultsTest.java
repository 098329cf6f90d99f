package dev.rekey.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.FaultyHttp.Fault;
import dev.rekey.aws.FaultyHttp.Fault.Answer;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3FaultsTest {
    private static final ObjectKey KEY = new ObjectKey("faults/a");
    private static final PutOutcome FAILED = new PutOutcome.ConditionFailed();
    private static final Fault RACED = Answer.ofS3(409, "ConditionalRequestConflict");

    private final FaultyHttp http = new FaultyHttp();
    private final AwsClients clients = new AwsClients(LocalStores.environment(), http);
    private final List<Duration> pauses = new ArrayList<>();
    private final Time time = new Time() {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {
            pauses.add(duration);
        }
    };
    private final Objects objects = clients.objects(LocalStores.BUCKET, time, new Random(1));

    @BeforeEach
    void deleteTheObject() {
        objects.delete(KEY);
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void triesAgainWhenTwoWritersRaced() {
        http.next(RACED, RACED);
        assertThat(objects.create(KEY, bytes("1"))).isInstanceOf(PutOutcome.Done.class);
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.toMillis() >= 50 && pause.toMillis() < 200);
        http.next(RACED);
        assertThat(objects.create(KEY, bytes("1"))).isEqualTo(FAILED);
    }

    @Test
    void findsItsOwnObjectAfterALostAnswer() {
        http.next(new Fault.AnswerLost());
        var created = objects.create(KEY, bytes("1"));
        assertThat(created).isInstanceOf(PutOutcome.Done.class);
        var version = ((PutOutcome.Done) created).version();
        assertThat(objects.get(KEY).orElseThrow().version()).isEqualTo(version);
        http.next(new Fault.AnswerLost());
        assertThat(objects.replace(KEY, bytes("2"), version)).isInstanceOf(PutOutcome.Done.class);
        assertThat(objects.get(KEY).orElseThrow().content()).isEqualTo(bytes("2"));
    }

    @Test
    void takesNoOtherObjectForItsOwn() {
        objects.put(KEY, bytes("theirs"));
        http.next(new Fault.NotSent());
        assertThat(objects.create(KEY, bytes("ours"))).isEqualTo(FAILED);
        assertThat(objects.get(KEY).orElseThrow().content()).isEqualTo(bytes("theirs"));
    }

    @Test
    void saysThatItDoesNotKnowWhenAnEarlierAnswerWasLost() {
        http.next(new Fault.AnswerLost());
        http.next(Collections.nCopies(5, Answer.ofS3(503, "SlowDown")).toArray(Fault[]::new));
        assertThrown(Kind.UNAVAILABLE, () -> objects.create(KEY, bytes("1")))
                .hasMessageContaining("It may or may not have been written");
        assertThat(objects.get(KEY)).isPresent();
    }

    @Test
    void givesUpAfterSixAttempts() {
        int before = http.requests();
        http.next(Collections.nCopies(6, Answer.ofS3(503, "SlowDown")).toArray(Fault[]::new));
        assertThrown(Kind.THROTTLED, () -> objects.create(KEY, bytes("1"))).hasMessageContaining("Nothing was written");
        assertThat(http.requests() - before).isEqualTo(6);
        assertThat(pauses)
                .hasSize(5)
                .last()
                .satisfies(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(2)));
        http.next(Collections.nCopies(6, new Fault.NotSent()).toArray(Fault[]::new));
        assertThrown(Kind.UNAVAILABLE, () -> objects.get(KEY));
        assertThat(objects.get(KEY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "403,AccessDenied,DENIED",
        "403,SignatureDoesNotMatch,DENIED",
        "400,ExpiredToken,DENIED",
        "404,NoSuchBucket,MISSING",
        "400,EntityTooLarge,INVALID",
        "400,RequestTimeout,UNAVAILABLE",
        "500,InternalError,UNAVAILABLE"
    })
    void tellsWhatKindOfFailureItIs(int status, String code, Kind kind) {
        http.next(Collections.nCopies(kind == Kind.UNAVAILABLE ? 6 : 1, Answer.ofS3(status, code))
                .toArray(Fault[]::new));
        assertThrown(kind, () -> objects.replace(KEY, bytes("1"), new Objects.Version("\"x\"")))
                .hasMessageStartingWith("Cannot write s3://" + LocalStores.BUCKET + "/faults/a: ")
                .hasMessageContaining(code);
        assertThat(objects.get(KEY)).isEmpty();
    }

    @Test
    void tellsThatThereAreMoreKeysThanOnePageHolds() {
        var page = "<ListBucketResult><IsTruncated>true</IsTruncated>"
                + "<Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents></ListBucketResult>";
        http.next(new Answer(200, "application/xml", page));
        assertThat(objects.list("", Optional.empty()))
                .isEqualTo(new Objects.Listed(List.of(new ObjectKey("a"), new ObjectKey("b")), true));
    }

    @Test
    void namesTheBucketThatIsMissing() {
        var nowhere = clients.objects("no-such-bucket", time, new Random(1));
        var version = new Objects.Version("\"x\"");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> nowhere.get(KEY),
                () -> nowhere.create(KEY, bytes("1")),
                () -> nowhere.replace(KEY, bytes("1"), version),
                () -> nowhere.put(KEY, bytes("1")),
                () -> nowhere.list("", Optional.empty()),
                () -> nowhere.delete(KEY))) {
            assertThrown(Kind.MISSING, call).hasMessageContaining("the bucket no-such-bucket");
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThrown(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
