package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures analyses that find merges or take values of other records, beside one that does neither, in the same round. */
final class MergeRounds {
    private static final String PLAIN = "analyze";
    private static final String MATCHING = "analyze, merge.matchBy";
    private static final String FEW = "analyze, through to one of %d records".formatted(MergeRecords.CUSTOMERS);
    private static final String MANY = "analyze, through to another record each";
    /** Matching may take half as long again. */
    private static final double LEAST = 1 / 1.5;

    private static final List<String> FUNCTIONS = List.of("rekey-analyze");

    private final BenchStack stack;
    private final Rates rates;
    private final MergeRecords records;
    private final Map<String, List<Requests.Sum>> asked = new LinkedHashMap<>();

    MergeRounds(BenchStack stack, LongSupplier nanos, MergeRecords records) {
        this.stack = stack;
        this.rates = new Rates(nanos);
        this.records = records;
    }

    Figures measure(int rounds) {
        var set = records.set();
        new PlainUpdates(stack.dynamoDb(), set, Map.of()).load();
        rates.counted(rounds, this::round);
        return new Figures(
                set,
                List.of(
                        measured(PLAIN, Optional.empty(), Optional.empty()),
                        measured(MATCHING, Optional.of(PLAIN), Optional.of(LEAST)),
                        measured(FEW, Optional.of(PLAIN), Optional.empty()),
                        measured(MANY, Optional.of(PLAIN), Optional.empty())),
                List.of(new ThroughCosts(List.of(
                        ThroughCosts.Of.requests(PLAIN, asked.get(PLAIN), false),
                        ThroughCosts.Of.requests(FEW, asked.get(FEW), true),
                        ThroughCosts.Of.requests(MANY, asked.get(MANY), false)))));
    }

    private Measurement measured(String name, Optional<String> reference, Optional<Double> target) {
        return new Measurement(name, rates.of(name), reference, target);
    }

    private void round() {
        analyzed(PLAIN, records.set(), 0);
        analyzed(MATCHING, records.matching(), records.merged());
        analyzed(FEW, records.takingOfFew(), 0);
        analyzed(MANY, records.takingOfMany(), 0);
    }

    private void analyzed(String name, DataSet set, int merged) {
        Requests.clear();
        var answers = new ArrayList<JsonNode>();
        var taken = rates.time(() -> answers.add(stack.run(set.input("analyze"))));
        var output = answers.getFirst();
        expect(found(new RunId(output.at("/run").asText())) == MergeRecords.MERGED + merged, output);
        rates.add(name, set.records(), taken);
        asked.put(name, Requests.of(FUNCTIONS));
    }

    /** How many records the run merges. */
    private int found(RunId run) {
        return FrozenMerges.find(stack.documents(), new RunFolder(run))
                .orElse(FrozenMerges.NONE)
                .all()
                .size();
    }

    private static void expect(boolean asExpected, JsonNode output) {
        if (!asExpected) {
            throw new IllegalStateException("Cannot measure: other records are merged than should be: " + output);
        }
    }
}
