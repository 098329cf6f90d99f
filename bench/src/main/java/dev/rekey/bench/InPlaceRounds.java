package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures changes in place, beside plain loops in the same round. */
final class InPlaceRounds {
    private static final List<Integer> SEGMENTS_TRIED = List.of(2, 4, 8, 16);
    private static final String FUNCTION = "rekey-migrate";
    private static final String LOOP = "plain loop of scans and conditional updates";
    private static final String ASKING = "requests of the update stage alone";
    private static final String UPDATE = "migrate in place, update stage";
    private static final String FILTER = "plain scan and filter of updated records";
    private static final String AGAIN = "migrate in place again, update stage";
    private static final String ROLLBACK = "rollback in place";
    private static final String UPDATED = "/counts/updated";

    private final BenchStack stack;
    private final Spans spans;
    private final LongSupplier nanos;
    private final DataSet set;
    private final PlainUpdates plain;
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private List<Requests.Sum> asked = List.of();

    InPlaceRounds(BenchStack stack, Spans spans, LongSupplier nanos, DataSet set) {
        this.stack = stack;
        this.spans = spans;
        this.nanos = nanos;
        this.set = set;
        this.plain = new PlainUpdates(stack.dynamoDb(), set, InPlaceRecords.mapping());
    }

    Figures measure(int rounds) {
        // As with copies, the first round warms up and is not counted.
        int segments = fastest();
        round(segments);
        rates.clear();
        for (int i = 0; i < rounds; i++) {
            round(segments);
        }
        var measured = List.of(
                measured(LOOP, Optional.empty(), Optional.empty()),
                measured(UPDATE, Optional.of(LOOP), Optional.of(0.80)),
                measured(ASKING, Optional.of(LOOP), Optional.empty()),
                measured(FILTER, Optional.empty(), Optional.empty()),
                measured(AGAIN, Optional.of(FILTER), Optional.of(1.0)),
                measured(ROLLBACK, Optional.of(LOOP), Optional.empty()));
        return new Figures(
                set,
                measured,
                List.of(
                        MappingCosts.measure(stack.documents(), plan(), nanos),
                        new Costs(set.records(), asked, false)));
    }

    private Plan plan() {
        return ((PlanReading.Valid) PlanReader.read(set.plan())).plan();
    }

    private Measurement measured(String name, Optional<String> reference, Optional<Double> target) {
        return new Measurement(name, rates.get(name), reference, target);
    }

    private int fastest() {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int segments : SEGMENTS_TRIED) {
            plain.load();
            double seconds = seconds(() -> plain.update(segments));
            if (seconds < least) {
                least = seconds;
                best = segments;
            }
        }
        return best;
    }

    private void round(int segments) {
        plain.load();
        add(LOOP, seconds(() -> plain.update(segments)));
        plain.load();
        add(ASKING, seconds(() -> plain.updateAsking(segments)));
        plain.load();
        Requests.clear();
        var first = migrated(UPDATE);
        asked = Requests.of(List.of(FUNCTION));
        expect(first.at(UPDATED).asInt() == set.records(), first);
        add(FILTER, seconds(() -> plain.filter(segments)));
        var second = migrated(AGAIN);
        expect(second.at(UPDATED).asInt() == 0, second);
        spans.clear();
        var _ = stack.run(set.of("rollback", first.at("/run").asText()));
        add(ROLLBACK, seconds(spans.of("rekey-rollback"::equals)));
    }

    private JsonNode migrated(String name) {
        spans.clear();
        var output = stack.run(set.input("migrate"));
        add(name, seconds(spans.of(FUNCTION::equals)));
        return output;
    }

    private static void expect(boolean asExpected, JsonNode output) {
        if (!asExpected) {
            throw new IllegalStateException("Cannot measure: not every record was updated once: " + output);
        }
    }

    private void add(String name, double seconds) {
        rates.computeIfAbsent(name, _ -> new ArrayList<>()).add(set.records() / seconds);
    }

    private double seconds(Runnable work) {
        long from = nanos.getAsLong();
        work.run();
        return seconds(Duration.ofNanos(nanos.getAsLong() - from));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
