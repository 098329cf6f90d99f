package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Migrates many records with which nothing is wrong, and verifies them twice: nothing may be reported. */
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
     * Gives a line for each step.
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
        var told = new StringBuilder();
        long from = nanos.getAsLong();
        new PlainLoops(stack.dynamoDb(), set).load();
        tell(told, "loaded", from, heap);
        from = nanos.getAsLong();
        var migrated = stack.run(set.input("migrate"));
        clean(migrated);
        tell(told, "migrated and verified", from, heap);
        from = nanos.getAsLong();
        clean(stack.run(set.of("verify", migrated.at("/run").asText())));
        tell(told, "verified again, and looked for old ids", from, heap);
        return told + "No record was reported.\n";
    }

    private void clean(JsonNode output) {
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
    }

    private void tell(StringBuilder told, String what, long from, LiveHeap heap) {
        double seconds = (nanos.getAsLong() - from) / 1e9;
        told.append(String.format(
                Locale.ROOT,
                "%,d records %s in %.0f s: %,.0f/s; at most %d MB lived in the heap of functions and interpreter%n",
                records,
                what,
                seconds,
                records / seconds,
                heap.most()));
    }
}
