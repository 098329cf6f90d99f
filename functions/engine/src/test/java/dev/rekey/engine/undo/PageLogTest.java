package dev.rekey.engine.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.undo.PageLog.Extent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A page object that is gone is noticed, and one that need not be there is not missed. */
final class PageLogTest {
    private static final Time NOON = new Time() {
        @Override
        public void sleep(Duration duration) {}

        @Override
        public Instant instant() {
            return Instant.parse("2026-01-01T12:00:00Z");
        }
    };

    private static final TableName TABLE = new TableName("A");
    private static final Segment SEGMENT = new Segment(1, 3);

    private final RunFolder folder = new RunFolder(new RunId("20260102T030405678Z-0123abcd"));
    private final InMemoryObjects objects = new InMemoryObjects();
    private final Documents documents = new Documents(objects, new Backoff(NOON, new Random(1), NOON.instant()));
    private final PageLog log = new PageLog(documents, folder);

    /** Says that the pages before {@code page} are copied. */
    private void copied(int page, boolean done) {
        copied(page, done, 0);
    }

    private void copied(int page, boolean done, int logged) {
        var json = "{\"format\":1,\"page\":%d,\"done\":%s,\"counts\":{},\"logged\":%d}".formatted(page, done, logged);
        objects.put(folder.checkpoint(Stage.COPY, TABLE, SEGMENT), json.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectKey page(int page, int attempt) {
        return folder.page(TABLE, SEGMENT, page, attempt);
    }

    private void logged(int page, int attempt) {
        objects.put(page(page, attempt), new byte[0]);
    }

    private List<ObjectKey> gone(Extent extent) {
        return log.gap(TABLE, SEGMENT, extent).map(Gap::objects).orElse(List.of());
    }

    private List<ObjectKey> gone() {
        return gone(Extent.AS_FAR_AS_COPIED);
    }

    @Test
    void attemptsAreInOrderOfTheirNumbersHoweverManyDigitsTheseHave() {
        copied(0, false);
        IntStream.rangeClosed(1, 10_000).forEach(attempt -> logged(0, attempt));
        assertThat(log.pages(TABLE, SEGMENT))
                .extracting(PageRef::attempt)
                .startsWith(1, 2)
                .endsWith(9_999, 10_000);
    }

    @Test
    void aSegmentThatNobodyHasBegunHasNoLog() {
        assertThat(gone()).isEmpty();
        assertThat(gone(Extent.WHOLE_SEGMENT)).containsExactly(folder.checkpoint(Stage.COPY, TABLE, SEGMENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void thePageAfterTheCheckpointMayHaveAnyNumberOfAttempts(int attempts) {
        copied(2, false);
        logged(0, 1);
        logged(1, 1);
        IntStream.rangeClosed(1, attempts).forEach(attempt -> logged(2, attempt));
        assertThat(gone()).isEmpty();
        assertThat(log.pages(TABLE, SEGMENT)).hasSize(2 + attempts);
    }

    @Test
    void everyPageBeforeTheCheckpointIsNeeded() {
        copied(4, true);
        logged(0, 1);
        logged(2, 1);
        assertThat(gone()).containsExactly(page(1, 1), page(3, 1));
        assertThatThrownBy(() -> log.pages(TABLE, SEGMENT))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING))
                .hasMessageContaining("2 objects of the undo log are gone")
                .hasMessageContaining(page(1, 1).name());
    }

    @Test
    void everyAttemptBeforeTheLastIsNeeded() {
        copied(1, false);
        logged(0, 2);
        logged(0, 4);
        logged(1, 2);
        assertThat(gone()).containsExactly(page(0, 1), page(0, 3), page(1, 1));
    }

    /** The others look complete: only the number of all tells. */
    @Test
    void theLastAttemptAtAPageThatIsDoneIsNeededToo() {
        copied(2, false, 4);
        logged(0, 1);
        logged(1, 1);
        logged(1, 2);
        logged(2, 1);
        assertThat(gone())
                .singleElement()
                .satisfies(key -> assertThat(key.name()).startsWith(folder.pagePrefix(TABLE, SEGMENT)));
        logged(1, 3);
        assertThat(gone()).isEmpty();
    }

    @Test
    void theCheckpointIsNeededAndMustNotBeOlderThanTheLog() {
        logged(0, 1);
        var checkpoint = folder.checkpoint(Stage.COPY, TABLE, SEGMENT);
        assertThat(gone()).containsExactly(checkpoint);
        copied(0, false);
        assertThat(gone()).isEmpty();
        logged(1, 1);
        assertThat(gone()).containsExactly(checkpoint);
        copied(1, true);
        assertThat(gone()).containsExactly(checkpoint);
        copied(2, true);
        assertThat(gone(Extent.WHOLE_SEGMENT)).isEmpty();
    }

    @Test
    void aRunThatCopiedEverythingHasCheckpointsThatSaySo() {
        copied(1, false);
        logged(0, 1);
        assertThat(gone()).isEmpty();
        assertThat(gone(Extent.WHOLE_SEGMENT)).containsExactly(folder.checkpoint(Stage.COPY, TABLE, SEGMENT));
    }

    /** Between the look at its checkpoint and that at its pages, a worker goes on. */
    @Test
    void whoCopiesMeanwhileIsNotTakenForAGap() {
        copied(1, false);
        logged(0, 1);
        objects.intercept(new Interceptor() {
            private boolean happened;

            @Override
            public void before(Call call) {
                if (call.name().equals("list") && !happened) {
                    happened = true;
                    copied(3, true);
                    logged(1, 1);
                    logged(2, 1);
                }
            }

            @Override
            public void after(Call call) {}
        });
        assertThat(log.pages(TABLE, SEGMENT)).hasSize(3);
    }

    @Test
    void anImageWithALongNameComesBack() {
        var table = new TableName("A");
        var key = new Key(Map.of("id", AttributeValue.fromS("r")));
        var before = Map.of("n".repeat(300_000), AttributeValue.fromS("x"), "id", AttributeValue.fromS("r"));
        var digest = RecordDigest.of(before);
        var entry = new PageEntry(
                key,
                key,
                digest,
                digest,
                RecordOutcome.REPLACED,
                Operation.REPLACE,
                Optional.empty(),
                Optional.of(before));
        var run = new RunId("20260102T030405678Z-0123abcd");
        var header = new Page.Header(
                Page.FORMAT, run, table, new PhysicalTable("dst-A"), new Segment(0, 1), 0, 1, 1, "owner");
        log.append(new Page(header, List.of(entry)));
        assertThat(log.read(new PageRef(folder.page(table, new Segment(0, 1), 0, 1), 0, 1))
                        .entries())
                .containsExactly(entry);
    }
}
