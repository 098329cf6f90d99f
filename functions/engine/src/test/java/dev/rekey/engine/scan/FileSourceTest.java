package dev.rekey.engine.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.FilePlan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages.PageOfRecords;
import dev.rekey.engine.scan.SourcePages.UnreadableRecord;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.InMemoryFiles;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class FileSourceTest {
    private static final Segment ALL = new Segment(0, 1);
    private static final PhysicalTable PLACE = new PhysicalTable("s3://files/people-*");
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final TableShape SHAPE = new TableShape(PLACE, "", "eu-west-1", ID, Optional.empty(), Map.of());

    private final InMemoryObjects objects = new InMemoryObjects();
    private final InMemoryFiles files = new InMemoryFiles("files", objects);

    @Test
    void everyPageSizeGivesEveryRecordOnceWithItsLine() {
        putCsv("people-1.csv", 0, 50);
        putCsv("people-2.csv.gz", 50, 75);
        var source = source(FileFormat.CSV);
        var whole = read(source, 0);
        assertThat(ids(whole))
                .containsExactlyElementsOf(
                        IntStream.range(0, 75).mapToObj(i -> "c" + i).toList());
        for (int records : List.of(1, 2, 7, 49, 50, 51)) {
            var pages = read(source, records);
            assertThat(pages).allSatisfy(page -> assertThat(page.items()).hasSizeLessThanOrEqualTo(records));
            assertThat(items(pages)).isEqualTo(items(whole));
            assertThat(places(pages)).isEqualTo(places(whole));
        }
        // The header and quoted line ends count.
        assertThat(places(whole)).contains("s3://files/people-1.csv:2", "s3://files/people-1.csv:4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyPageSizeCountsTheLinesOfEveryKindOfLineEnd(String end) {
        put("people-1.csv", "id,text\na,1\n\nb,\"x\ny\"\nc,3\n\n\nd,4\n".replace("\n", end));
        var expected = Stream.of(2, 4, 6, 9)
                .map(line -> "s3://files/people-1.csv:" + line)
                .toList();
        for (int records : List.of(0, 1, 2, 3)) {
            assertThat(places(read(source(FileFormat.CSV), records))).isEqualTo(expected);
        }
    }

    @Test
    void aPageEndsAfterAMegabyteAndTheNextBeginsThere() {
        var text = "x".repeat(300_000);
        var lines = IntStream.range(0, 20)
                .mapToObj(i -> "{\"id\":\"c%d\",\"text\":\"%s\"}".formatted(i, text))
                .toList();
        put("people-1.jsonl", String.join("\n", lines));
        put("people-2.jsonl.gz", String.join("\n", lines).replace("\"c", "\"d"));
        var pages = read(source(FileFormat.JSON), 0);
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(ids(pages)).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void eachSegmentHasFilesOfItsOwn() {
        put("people-1.jsonl", "{\"id\":\"a\"}");
        put("people-2.jsonl", "{\"id\":\"b\"}");
        var all = files.list(FileAddress.of("s3://files/people-"), Optional.empty())
                .files();
        var table = table(FileFormat.JSON, List.of(all.subList(0, 1), all.subList(1, 2)));
        var source = new FileSource(files, Map.of(PLACE, table), FileSourceTest::backoff);
        var pages = source.read(new Division(SHAPE, 2, List.of(), 0, true));
        assertThat(ids(List.of(pages.page(new Segment(0, 2), Optional.empty()))))
                .containsExactly("a");
        assertThat(ids(List.of(pages.page(new Segment(1, 2), Optional.empty()))))
                .containsExactly("b");
        assertThat(source.divide(PLACE)).isEqualTo(new SegmentProbe.Estimate(1, 3, 2));
    }

    @Test
    void smallFilesShareASegment() {
        put("people-1.jsonl", "{\"id\":\"a\"}");
        put("people-2.jsonl", "{\"id\":\"b\"}");
        var all = files.list(FileAddress.of("s3://files/people-"), Optional.empty())
                .files();
        var name = new TableName("People");
        assertThat(FrozenFiles.divided(Map.of(name, all), Map.of()).tables()).isEqualTo(Map.of(name, List.of(all)));
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsRead() {
        put("people-1.jsonl", "{\"id\":\"a\"}\n{\"id\":\n\n{\"name\":\"b\"}\n{\"id\":\"c\"}");
        put("people-2.jsonl.gz", "");
        objects.put(new ObjectKey("people-3.jsonl.gz"), "no gzip".getBytes(UTF_8));
        put("people-4.jsonl", "{\"id\":\"d\"}");
        var pages = read(source(FileFormat.JSON), 0);
        assertThat(ids(pages)).containsExactly("a", "c", "d");
        assertThat(pages.stream().flatMap(page -> page.unreadable().stream()))
                .extracting(UnreadableRecord::id)
                .containsExactly("file.record", "file.cell", "file.damaged");
        assertThat(pages.getFirst().unreadable())
                .extracting(one -> one.place().replaceAll(",.*", ""))
                .containsExactly("s3://files/people-1.jsonl:2", "s3://files/people-1.jsonl:4");
    }

    @Test
    void aHeaderWithoutTheKeyIsSaidOnceForItsFile() {
        put("people-1.csv", "name\na\nb\n");
        put("people-2.csv", "id\nc\n");
        var pages = read(source(FileFormat.CSV), 0);
        assertThat(ids(pages)).containsExactly("c");
        assertThat(pages.getFirst().unreadable())
                .extracting(UnreadableRecord::id)
                .containsExactly("file.header");
    }

    @Test
    void aFileThatWasReplacedIsNotRead() {
        put("people-1.jsonl", "{\"id\":\"a\"}");
        var source = source(FileFormat.JSON);
        put("people-1.jsonl", "{\"id\":\"b\"}");
        assertThatThrownBy(() -> read(source, 0))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("file.changed")
                .hasMessageContaining("s3://files/people-1.jsonl");
    }

    @Test
    void whatIsFoundIsWhatIsRead() {
        putCsv("people-1.csv", 0, 50);
        var source = source(FileFormat.CSV);
        var c7 = AttributeValue.fromS("c7");
        var all = items(read(source, 0));
        assertThat(source.find(SHAPE, ID, c7, 1)).containsExactly(all.get(7));
        assertThat(source.find(SHAPE, ID, List.of(c7, AttributeValue.fromS("nobody"))))
                .containsExactly(all.get(7));
        assertThat(source.find(SHAPE, List.of(new Key(Map.of("id", c7))))).containsExactly(all.get(7));
        assertThat(source.describe(PLACE)).contains(SHAPE);
        assertThat(source.describe(new PhysicalTable("s3://files/other"))).isEmpty();
    }

    @Test
    void whatDoesNotFitInMemoryIsFoundByReadingAll() {
        putCsv("people-1.csv", 0, 50);
        putCsv("people-2.csv", 7, 8);
        var large = files.list(FileAddress.of("s3://files/people-"), Optional.empty()).files().stream()
                .map(file -> new dev.rekey.engine.store.Files.FileVersion(file.address(), 40L << 20, file.tag()))
                .toList();
        var table = table(FileFormat.CSV, List.of(large));
        assertThat(table.fitsInMemory()).isFalse();
        var source = new FileSource(files, Map.of(PLACE, table), FileSourceTest::backoff);
        var c7 = AttributeValue.fromS("c7");
        assertThat(source.find(SHAPE, ID, c7, 2)).hasSize(2);
        assertThat(source.find(SHAPE, ID, List.of(c7, AttributeValue.fromS("c9"), AttributeValue.fromS("nobody"))))
                .hasSize(3);
        assertThat(source.find(SHAPE, List.of(new Key(Map.of("id", AttributeValue.fromS("nobody"))))))
                .isEmpty();
    }

    private void putCsv(String key, int from, int to) {
        var text = new StringBuilder("id,text\n");
        IntStream.range(from, to).forEach(i -> text.append("c%d,\"a\nb\"\n".formatted(i)));
        put(key, text.toString());
    }

    private void put(String key, String text) {
        objects.put(new ObjectKey(key), key.endsWith(".gz") ? packed(text) : text.getBytes(UTF_8));
    }

    private static byte[] packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private FileSource source(FileFormat format) {
        var all = files.list(FileAddress.of("s3://files/people-"), Optional.empty())
                .files();
        return new FileSource(files, Map.of(PLACE, table(format, List.of(all))), FileSourceTest::backoff);
    }

    private static FileTable table(FileFormat format, List<List<dev.rekey.engine.store.Files.FileVersion>> segments) {
        return new FileTable(SHAPE, new FilePlan(format, ',', Map.of(), Map.of()), segments, Map.of());
    }

    private static Backoff backoff() {
        return new Backoff(new Still(), new Random(1), Instant.MAX);
    }

    private static List<PageOfRecords> read(FileSource source, int pageRecords) {
        var all = new ArrayList<PageOfRecords>();
        Optional<JsonNode> cursor = Optional.empty();
        do {
            // Every page is that of another invocation.
            var page = source.read(new Division(SHAPE, 1, List.of(), pageRecords, true))
                    .page(ALL, cursor);
            all.add(page);
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static List<Map<String, AttributeValue>> items(List<PageOfRecords> pages) {
        return pages.stream().flatMap(page -> page.items().stream()).toList();
    }

    private static List<String> places(List<PageOfRecords> pages) {
        return pages.stream().flatMap(page -> page.places().stream()).toList();
    }

    private static List<String> ids(List<PageOfRecords> pages) {
        return items(pages).stream().map(item -> item.get("id").s()).toList();
    }

    private static final class Still implements Time {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {}
    }
}
