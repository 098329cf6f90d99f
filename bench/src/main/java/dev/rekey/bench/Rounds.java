package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Measures everything in turn, so that what changes on the machine meanwhile touches all alike. */
final class Rounds {
    private static final int AT_ONCE = 8;
    private static final int MOST_ONE_BY_ONE = 2_000;
    private static final String CEILING = "plain loop";
    private static final String COPY = "migrate, copy stage";
    private static final String LOOKING = "requests of the copy stage alone";
    private static final String READING = "requests of verify alone";
    private static final String REMOVING = "requests of rollback --exclusive alone";
    private static final String DELETES = "plain loop of conditional deletes";
    private static final String EXCLUSIVE = "rollback --exclusive";
    private static final String ONE_BY_ONE = "one by one";
    private static final String FUNCTIONS = "migrate, functions only";

    private final BenchStack stack;
    private final Spans spans;
    private final Rates rates;
    private final DataSet set;
    private final PlainLoops plain;
    private List<Requests.Sum> copied = List.of();

    Rounds(BenchStack stack, Spans spans, LongSupplier nanos, DataSet set) {
        this.stack = stack;
        this.spans = spans;
        this.rates = new Rates(nanos);
        this.set = set;
        this.plain = new PlainLoops(stack.dynamoDb(), set);
    }

    List<Measurement> measure(int rounds) {
        plain.load();
        int segments = rates.fastest(this::loop);
        rates.counted(rounds, () -> round(segments));
        return List.of(
                measured(CEILING, Optional.empty(), 0),
                measured(COPY, Optional.of(CEILING), 0.80),
                measured(LOOKING, Optional.of(CEILING), 0),
                measured("migrate, all records there", Optional.of(CEILING), 1.0),
                measured(FUNCTIONS, Optional.of(CEILING), 0),
                measured("migrate, whole workflow", Optional.of(FUNCTIONS), 0.95),
                measured("analyze", Optional.of(CEILING), 0),
                measured("verify", Optional.of(CEILING), 1.0),
                measured(READING, Optional.of(CEILING), 0),
                measured(DELETES, Optional.empty(), 0),
                measured("rollback", Optional.of(DELETES), 0.90),
                measured(EXCLUSIVE, Optional.of(CEILING), 1.0),
                measured(REMOVING, Optional.of(CEILING), 0),
                measured(ONE_BY_ONE, Optional.empty(), 0),
                new Measurement(
                        "migrate, copy stage, beside one by one",
                        rates.of(COPY),
                        Optional.of(ONE_BY_ONE),
                        Optional.of(10.0).filter(_ -> set.judged())));
    }

    /** Of the last round. */
    Costs costs() {
        return new Costs(set.records(), copied, set.judged());
    }

    private Measurement measured(String name, Optional<String> reference, double target) {
        return new Measurement(
                name, rates.of(name), reference, Optional.of(target).filter(least -> set.judged() && least > 0));
    }

    private Duration loop(int segments) {
        var taken = rates.time(() -> plain.copy(segments));
        plain.emptyTarget();
        return taken;
    }

    private void round(int segments) {
        add(CEILING, rates.time(() -> plain.copy(segments)));
        add(DELETES, rates.time(() -> plain.delete(AT_ONCE)));
        plain.emptyTarget();
        add(LOOKING, rates.time(() -> plain.copyLooking(segments)));
        add(READING, rates.time(() -> plain.readLooking(segments)));
        add(REMOVING, rates.time(plain.deletionLooking(segments)));
        plain.emptyTarget();
        var few = new AtomicInteger();
        var taken = rates.time(() -> few.set(plain.oneByOne(MOST_ONE_BY_ONE)));
        rates.add(ONE_BY_ONE, few.get(), taken);
        plain.emptyTarget();
        analyzed();
        var run = migrated();
        verified(run);
        var again = rerun();
        var _ = undone(set.of("rollback", again));
        add("rollback", undone(set.of("rollback", run)));
        var another = stack.run(set.input("migrate")).at("/run").asText();
        add(EXCLUSIVE, undone(set.of("rollback", another).put("exclusive", true)));
    }

    private void analyzed() {
        add("analyze", rates.time(() -> stack.run(set.input("analyze"))));
    }

    private String migrated() {
        var answers = new ArrayList<String>();
        spans.clear();
        Requests.clear();
        var whole = rates.time(
                () -> answers.add(stack.run(set.input("migrate")).at("/run").asText()));
        add("migrate, whole workflow", whole);
        add(FUNCTIONS, spans.of(_ -> true));
        add(COPY, spans.of("rekey-migrate"::equals));
        copied = Requests.of(List.of("rekey-migrate"));
        return answers.getFirst();
    }

    private String rerun() {
        spans.clear();
        var run = stack.run(set.input("migrate")).at("/run").asText();
        add("migrate, all records there", spans.of("rekey-migrate"::equals));
        return run;
    }

    private void verified(String run) {
        add("verify", rates.time(() -> stack.run(set.of("verify", run))));
    }

    /** How long the functions worked that take back a run. */
    private Duration undone(ObjectNode rollback) {
        spans.clear();
        var _ = stack.run(rollback);
        return spans.of("rekey-rollback"::equals);
    }

    private void add(String name, Duration taken) {
        rates.add(name, set.records(), taken);
    }
}
