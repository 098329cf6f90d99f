package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures changes in place, beside plain loops in the same round. */
final class InPlaceRounds {
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
    private final Rates rates;
    private final DataSet set;
    private final PlainUpdates plain;
    private List<Requests.Sum> asked = List.of();

    InPlaceRounds(BenchStack stack, Spans spans, LongSupplier nanos, DataSet set) {
        this.stack = stack;
        this.spans = spans;
        this.nanos = nanos;
        this.rates = new Rates(nanos);
        this.set = set;
        this.plain = new PlainUpdates(stack.dynamoDb(), set, InPlaceRecords.mapping());
    }

    Figures measure(int rounds) {
        int segments = rates.fastest(this::updated);
        rates.counted(rounds, () -> round(segments));
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
        return new Measurement(name, rates.of(name), reference, target);
    }

    private Duration updated(int segments) {
        plain.load();
        return rates.time(() -> plain.update(segments));
    }

    private void round(int segments) {
        add(LOOP, updated(segments));
        plain.load();
        add(ASKING, rates.time(() -> plain.updateAsking(segments)));
        plain.load();
        Requests.clear();
        var first = migrated(UPDATE);
        asked = Requests.of(List.of(FUNCTION));
        expect(first.at(UPDATED).asInt() == set.records(), first);
        add(FILTER, rates.time(() -> plain.filter(segments)));
        var second = migrated(AGAIN);
        expect(second.at(UPDATED).asInt() == 0, second);
        spans.clear();
        var _ = stack.run(set.of("rollback", first.at("/run").asText()));
        add(ROLLBACK, spans.of("rekey-rollback"::equals));
    }

    private JsonNode migrated(String name) {
        spans.clear();
        var output = stack.run(set.input("migrate"));
        add(name, spans.of(FUNCTION::equals));
        return output;
    }

    private static void expect(boolean asExpected, JsonNode output) {
        if (!asExpected) {
            throw new IllegalStateException("Cannot measure: not every record was updated once: " + output);
        }
    }

    private void add(String name, Duration taken) {
        rates.add(name, set.records(), taken);
    }
}
