package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineObjectsTest {
    private final InMemoryObjects objects = new InMemoryObjects();
    private final Documents documents =
            new Documents(objects, new Backoff(new SteppingTime(), new Random(1), Instant.MAX));

    private record Line(int number) {}

    @Test
    void nothingIsOneEmptyObject() {
        new LineObjects(documents, "some/").end();
        assertThat(objects.contents()).containsOnlyKeys("some/00000.jsonl.gz");
        assertThat(documents.lines(new ObjectKey("some/00000.jsonl.gz"), Line.class))
                .isEmpty();
    }

    @Test
    void whatIsTooMuchForOneObjectGoesOnInTheNext() {
        var lines = new LineObjects(documents, "some/part-");
        for (int i = 0; i < 200_001; i++) {
            lines.add(new Line(i));
        }
        lines.end();
        assertThat(objects.contents())
                .containsOnlyKeys("some/part-00000.jsonl.gz", "some/part-00001.jsonl.gz", "some/part-00002.jsonl.gz");
        var read = new ArrayList<Integer>();
        documents.list("some/").forEach(key -> documents.eachLine(key, Line.class, line -> read.add(line.number())));
        assertThat(read).hasSize(200_001).isSorted().doesNotHaveDuplicates();
        assertThat(documents.lines(new ObjectKey("some/part-00002.jsonl.gz"), Line.class))
                .containsExactly(new Line(200_000));
    }
}
