package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Migrates many records with which nothing is wrong, verifies them twice, and takes them back: nothing may be reported. */
final class CleanRecords {
    private static final int BYTES = 400;
    /** DynamoDB Local stops answering when a table of a million records is scanned. */
    private static final int RECORDS_PER_TABLE = 10_000;

    private final BenchStack stack;
    private final LongSupplier nanos;
    private final int records;

    CleanRecords(BenchStack stack, LongSupplier nanos, int records) {
        this.stack = stack;
        this.nanos = nanos;
        this.records = records;
    }

    /**
     * Gives a table with a line for each step.
     *
     * @throws IllegalStateException if any record is not as it should be
     */
    String verified() {
        try (var heap = new LiveHeap()) {
            return verified(heap);
        }
    }

    private String verified(LiveHeap heap) {
        var set = DataSet.sized(records, BYTES, RECORDS_PER_TABLE);
        new PlainLoops(stack.dynamoDb(), set).load();
        var told = new StringBuilder(String.format(
                Locale.ROOT,
                "| %,d records | seconds | records/s | lived in the heap at most |%n|---|---:|---:|---:|%n",
                records));
        var _ = heap.most();
        var run = told(told, "migrated and verified", heap, () -> clean(stack.run(set.input("migrate"))))
                .at("/run")
                .asText();
        var _ = told(
                told, "verified again, and looked for old ids", heap, () -> clean(stack.run(set.of("verify", run))));
        var _ = told(
                told,
                "rolled back with --exclusive",
                heap,
                () -> stack.run(set.of("rollback", run).put("exclusive", true)));
        return told + "\nNo record was reported.\n";
    }

    /** {@code output}, of which nothing may be reported. */
    private JsonNode clean(JsonNode output) {
        var found = output.path("verification");
        boolean all = found.path("verdict").asText().equals("passed")
                && found.path("matched").asLong() == records
                && found.properties().stream()
                        .filter(count ->
                                count.getValue().isNumber() && !count.getKey().equals("matched"))
                        .allMatch(count -> count.getValue().asLong() == 0);
        if (!all) {
            throw new IllegalStateException("Not clean: of " + records + " records, verification says " + found);
        }
        return output;
    }

    /** What {@code work} gives; how it went is appended to {@code told}. */
    private JsonNode told(StringBuilder told, String what, LiveHeap heap, Supplier<JsonNode> work) {
        long from = nanos.getAsLong();
        var output = work.get();
        double seconds = (nanos.getAsLong() - from) / 1e9;
        told.append(String.format(
                Locale.ROOT, "| %s | %.0f | %,.0f | %d MB |%n", what, seconds, records / seconds, heap.most()));
        return output;
    }
}
