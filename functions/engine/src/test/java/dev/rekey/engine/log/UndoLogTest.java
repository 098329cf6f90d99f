package dev.rekey.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.UndoLog.Extent;
import dev.rekey.engine.run.Counted;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An object of the undo log that is gone is noticed, and one that need not be there is not missed. */
final class UndoLogTest {
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
    private final UndoLog log = new UndoLog(documents, folder);

    /** Says that the pages before {@code page} are copied. */
    private void copied(int page, boolean done) {
        copied(page, done, 0);
    }

    private void copied(int page, boolean done, int logged) {
        var json = "{\"format\":1,\"progress\":{\"page\":%d,\"done\":%s,\"logged\":%d},\"collected\":{\"counts\":{}}}"
                .formatted(page, done, logged);
        objects.put(folder.checkpoint(Stage.COPY, TABLE, SEGMENT), json.getBytes(UTF_8));
    }

    private ObjectKey page(int page, int attempt) {
        return folder.logObject(TABLE, SEGMENT, page, attempt);
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
        assertThat(log.objects(TABLE, SEGMENT))
                .extracting(LogObject::attempt)
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
        assertThat(log.objects(TABLE, SEGMENT)).hasSize(2 + attempts);
    }

    @Test
    void everyPageBeforeTheCheckpointIsNeeded() {
        copied(4, true);
        logged(0, 1);
        logged(2, 1);
        assertThat(gone()).containsExactly(page(1, 1), page(3, 1));
        assertThatThrownBy(() -> log.objects(TABLE, SEGMENT))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING))
                .hasMessageContaining("2 objects of the undo log are missing")
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
                .satisfies(key -> assertThat(key.name()).startsWith(folder.logPrefix(TABLE, SEGMENT)));
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
        assertThat(log.objects(TABLE, SEGMENT)).hasSize(3);
    }

    @Test
    void anImageWithALongNameComesBack() {
        var key = new Key(Map.of("id", AttributeValue.fromS("r")));
        var before = Map.of("n".repeat(300_000), AttributeValue.fromS("x"), "id", AttributeValue.fromS("r"));
        var digest = RecordDigest.of(before);
        var entry = new LogEntry(new Origin(key, digest), key, new Operation.Replace(before), digest, Optional.empty());
        assertThat(written(entry)).containsExactly(entry);
    }

    /** What comes back when a batch of these is appended and read. */
    private List<LogEntry> written(LogEntry... entries) {
        var run = new RunId("20260102T030405678Z-0123abcd");
        var header = new LogBatch.Header(
                LogBatch.FORMAT,
                run,
                TABLE,
                new PhysicalTable("dst-A"),
                new LogBatch.Place(new Segment(0, 1), 0, 1),
                new LogBatch.Writer(1, "owner"));
        assertThat(log.append(new LogBatch(header, List.of(entries)))).isTrue();
        return log.read(first()).entries();
    }

    private LogObject first() {
        return new LogObject(folder.logObject(TABLE, new Segment(0, 1), 0, 1), 0, 1);
    }

    private static LogEntry entry(String id, Operation operation) {
        var old = Map.of("id", AttributeValue.fromS(id));
        var item = Map.of("id", AttributeValue.fromS("new " + id));
        return new LogEntry(
                new Origin(new Key(old), RecordDigest.of(old)),
                new Key(item),
                operation,
                RecordDigest.of(item),
                Optional.empty());
    }

    @Test
    void everyOperationComesBack() {
        var image = Map.of("id", AttributeValue.fromS("new b"), "n", AttributeValue.fromN("1.5"));
        var expiring = entry("a", new Operation.Create());
        var entries = new LogEntry[] {
            new LogEntry(
                    expiring.origin(),
                    expiring.key(),
                    expiring.operation(),
                    expiring.content(),
                    Optional.of(new Expiry(Instant.ofEpochSecond(1_800_000_000)))),
            entry("b", new Operation.Replace(image)),
            entry("c", new Operation.Identical()),
            entry("d", new Operation.Skipped()),
            entry("e", update()),
            entry("f", new Operation.Disclaimed(Counted.LATE))
        };
        assertThat(written(entries)).containsExactly(entries);
    }

    private static Optional<AttributeValue> text(String value) {
        return Optional.of(AttributeValue.fromS(value));
    }

    /** An attribute that is set, one that is removed, and one that an earlier attempt had set and this one removes. */
    private static Operation.Update update() {
        return new Operation.Update(
                Map.of(
                        "set", Touched.first(Optional.empty(), text("new")),
                        "gone", Touched.first(text("old"), Optional.empty()),
                        "again", new Touched(text("old"), text("ours"), Optional.empty())),
                Map.of("read", text("decides"), "missing", Optional.empty()),
                RecordDigest.of(Map.of()));
    }

    @Test
    void anUpdateIsStoredAsTheDocumentsSay() throws IOException {
        var entry = entry("e", update());
        var _ = written(entry);
        assertThat(lines().lines().skip(1)).singleElement().isEqualTo("""
                        {"operation":"update","key":{"id":{"S":"new e"}},"content":"%s",\
                        "touched":{"again":{"before":{"S":"old"},"found":{"S":"ours"},"after":null},\
                        "gone":{"before":{"S":"old"},"after":null},"set":{"before":null,"after":{"S":"new"}}},\
                        "read":{"missing":null,"read":{"S":"decides"}},"rest":"%s",\
                        "origin":{"source":{"id":{"S":"e"}},"content":"%s"}}""".formatted(
                        entry.content().hex(),
                        RecordDigest.of(Map.of()).hex(),
                        entry.origin().content().hex()));
    }

    @Test
    void aSupplementTakesThePlaceOfWhatTheAttemptLoggedOfTheSameRecord() {
        var header = new LogBatch.Header(
                LogBatch.FORMAT,
                folder.run(),
                TABLE,
                new PhysicalTable("A"),
                new LogBatch.Place(SEGMENT, 0, 1),
                new LogBatch.Writer(1, "owner"));
        var kept = entry("a", update());
        var disclaimed = entry("b", new Operation.Disclaimed(Counted.GONE));
        assertThat(log.append(new LogBatch(header, List.of(kept, entry("b", update())))))
                .isTrue();
        assertThat(log.append(new LogBatch(header.supplement(1), List.of(disclaimed))))
                .isTrue();
        copied(1, true, 2);
        var attempt = log.objects(TABLE, SEGMENT).getFirst();
        assertThat(attempt.objects()).isEqualTo(2);
        assertThat(log.read(attempt).entries()).containsExactly(kept, disclaimed);
    }

    @Test
    void everySupplementIsNeeded() {
        copied(1, true, 4);
        logged(0, 1);
        supplemented(2);
        supplemented(3);
        assertThat(gone()).containsExactly(folder.logSupplement(TABLE, SEGMENT, 0, 1, 1));
        supplemented(1);
        assertThat(gone()).isEmpty();
        copied(1, true, 5);
        assertThat(gone()).isNotEmpty();
    }

    @Test
    void anAttemptIsNotWholeWithoutTheObjectThatItsSupplementsBelongTo() {
        copied(1, true);
        supplemented(1);
        assertThat(gone()).containsExactly(page(0, 1));
    }

    private void supplemented(int supplement) {
        objects.put(folder.logSupplement(TABLE, SEGMENT, 0, 1, supplement), new byte[0]);
    }

    private String lines() throws IOException {
        var content = objects.contents().get(first().key().name());
        return new String(new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes(), UTF_8);
    }

    @Test
    void isStoredAsTheDocumentsSay() throws IOException {
        var entry = entry("b", new Operation.Replace(Map.of("id", AttributeValue.fromS("new b"))));
        var _ = written(entry);
        assertThat(lines()).isEqualTo("""
                        {"format":2,"run":"20260102T030405678Z-0123abcd","table":"A","physical":"dst-A",\
                        "segment":{"index":0,"of":1},"page":0,"attempt":1,"epoch":1,"owner":"owner"}
                        {"operation":"replace","key":{"id":{"S":"new b"}},"content":"%s",\
                        "before":{"id":{"S":"new b"}},"origin":{"source":{"id":{"S":"b"}},"content":"%s"}}
                        """.formatted(
                        entry.content().hex(), entry.origin().content().hex()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anotherFormatIsRefused(int format) throws IOException {
        var _ = written(entry("a", new Operation.Create()));
        var key = first().key();
        var lines = new String(
                new GZIPInputStream(new ByteArrayInputStream(objects.contents().get(key.name()))).readAllBytes(),
                UTF_8);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(lines.replace("\"format\":2", "\"format\":" + format).getBytes(UTF_8));
        }
        objects.put(key, zipped.toByteArray());
        assertThatThrownBy(() -> log.read(first()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID))
                .hasMessageContaining("it has format " + format + ", and this version of Rekey reads format 2");
    }
}
