package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures copies in batches beside copies into tables in use, each record on condition, in the same round. */
final class InUseRounds {
    private static final int SEGMENTS = 8;
    private static final String FUNCTION = "rekey-migrate";
    private static final String LOOP = "plain loop";
    private static final String BATCHES = "migrate, copy stage, in batches";
    private static final String ON_CONDITION = "migrate, copy stage, on condition";

    private final BenchStack stack;
    private final Spans spans;
    private final Rates rates;
    private final DataSet set;
    private final DataSet inUse;
    private final PlainLoops plain;
    private List<Requests.Sum> asked = List.of();

    InUseRounds(BenchStack stack, Spans spans, LongSupplier nanos, DataSet set) {
        this.stack = stack;
        this.spans = spans;
        this.rates = new Rates(nanos);
        this.set = set;
        this.inUse = set.inUse();
        this.plain = new PlainLoops(stack.dynamoDb(), set);
    }

    Figures measure(int rounds) {
        plain.load();
        rates.counted(rounds, this::round);
        return new Figures(
                inUse,
                List.of(
                        measured(LOOP, Optional.empty()),
                        measured(BATCHES, Optional.of(LOOP)),
                        measured(ON_CONDITION, Optional.of(BATCHES))),
                List.of(new Costs(set.records(), asked, false)));
    }

    private Measurement measured(String name, Optional<String> reference) {
        return new Measurement(name, rates.of(name), reference, Optional.empty());
    }

    private void round() {
        add(LOOP, rates.time(() -> plain.copy(SEGMENTS)));
        plain.emptyTarget();
        copied(BATCHES, set);
        copied(ON_CONDITION, inUse);
    }

    /** Rolled back afterwards: a run after one that counts would write on condition in any case. */
    private void copied(String name, DataSet asIs) {
        spans.clear();
        Requests.clear();
        var output = stack.run(asIs.input("migrate"));
        add(name, spans.of(FUNCTION::equals));
        asked = Requests.of(List.of(FUNCTION));
        long puts = requests("DynamoDb PutItem");
        expect(name.equals(BATCHES) ? puts == 0 : puts >= set.records(), output);
        var _ = stack.run(asIs.of("rollback", output.at("/run").asText()).put("exclusive", true));
    }

    private int requests(String operation) {
        return asked.stream()
                .filter(sum -> sum.operation().equals(operation))
                .mapToInt(Requests.Sum::requests)
                .sum();
    }

    private static void expect(boolean asExpected, JsonNode output) {
        if (!asExpected) {
            throw new IllegalStateException(
                    "Cannot measure: records were not written in batches, or not on condition: " + output);
        }
    }

    private void add(String name, Duration taken) {
        rates.add(name, set.records(), taken);
    }
}
