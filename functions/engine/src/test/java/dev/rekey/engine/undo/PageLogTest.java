package dev.rekey.engine.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.record.RecordDigest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.table.Key;
import dev.rekey.engine.table.PhysicalTable;
import dev.rekey.engine.turn.Patience;
import dev.rekey.engine.turn.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class PageLogTest {
    private static final Time NOON = new Time() {
        @Override
        public void sleep(Duration duration) {}

        @Override
        public Instant instant() {
            return Instant.parse("2026-01-01T12:00:00Z");
        }
    };

    @Test
    void attemptsAreInOrderOfTheirNumbersHoweverManyDigitsTheseHave() {
        var folder = new RunFolder(new RunId("20260102T030405678Z-0123abcd"));
        var objects = new InMemoryObjects();
        var table = new TableName("A");
        var segment = new Segment(0, 1);
        IntStream.of(10_000, 9_999, 1)
                .forEach(attempt -> objects.put(folder.page(table, segment, 0, attempt), new byte[0]));
        var documents = new Documents(objects, new Patience(NOON, new Random(1), NOON.instant()));
        assertThat(new PageLog(documents, folder).pages(table, segment))
                .extracting(PageRef::attempt)
                .containsExactly(1, 9_999, 10_000);
    }

    @Test
    void anImageWithALongNameComesBack() {
        var table = new TableName("A");
        var key = new Key(Map.of("id", AttributeValue.fromS("r")));
        var before = Map.of("n".repeat(300_000), AttributeValue.fromS("x"), "id", AttributeValue.fromS("r"));
        var digest = RecordDigest.of(before);
        var entry = new PageEntry(
                key, key, digest, digest, Outcome.REPLACED, Operation.REPLACE, Optional.empty(), Optional.of(before));
        var run = new RunId("20260102T030405678Z-0123abcd");
        var header = new Page.Header(
                Page.FORMAT, run, table, new PhysicalTable("dst-A"), new Segment(0, 1), 0, 1, 1, "owner");
        var documents = new Documents(new InMemoryObjects(), new Patience(NOON, new Random(1), NOON.instant()));
        var log = new PageLog(documents, new RunFolder(run));
        log.append(new Page(header, List.of(entry)));
        assertThat(log.read(log.pages(table, new Segment(0, 1)).getFirst()).entries())
                .containsExactly(entry);
    }
}
