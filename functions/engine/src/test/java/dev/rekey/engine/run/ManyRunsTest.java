package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket with the runs of some years: their names cost one request for a thousand, whatever the runs hold. */
final class ManyRunsTest {
    private static final int RUNS = 1_200;
    private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");

    private final InMemoryObjects objects = new InMemoryObjects();
    private final Documents documents =
            new Documents(objects, new Backoff(new SteppingTime(), new Random(1), Instant.MAX));
    private final List<RunId> runs = IntStream.range(0, RUNS)
            .mapToObj(n -> RunId.of(FIRST.plusSeconds(n), "run"))
            .toList();
    private final List<String> requests = new ArrayList<>();

    @BeforeEach
    void store() {
        for (var run : runs) {
            var folder = new RunFolder(run);
            documents.put(folder.control(), Control.start(Phase.READ, "arn:x"));
            documents.putBytes(folder.report("analysis.json"), new byte[0]);
            documents.putBytes(folder.work("analyze"), new byte[0]);
        }
        documents.putBytes(new RunFolder(runs.getFirst()).ofPlan(new PlanName("p")), new byte[0]);
        objects.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                requests.add(call.name());
            }

            @Override
            public void after(Call call) {}
        });
    }

    @Test
    void namesThemWithOneRequestForAThousand() {
        assertThat(new RunIds(documents).all()).isEqualTo(runs);
        assertThat(requests).containsExactly("list", "list");
    }

    @Test
    void namesThoseAfterOneWithOneRequest() {
        assertThat(new RunIds(documents).after(runs.get(RUNS - 4))).isEqualTo(runs.subList(RUNS - 3, RUNS));
        assertThat(new RunIds(documents).after(runs.getLast())).isEmpty();
        assertThat(requests).containsExactly("list", "list");
    }
}
