package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.bench.Requests.Sum;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How often an analysis reads records that others take values of. */
record ThroughCosts(List<Of> all) implements Part {
    private static final String SCAN = "DynamoDb Scan";
    private static final String BATCH = "DynamoDb BatchGetItem";
    private static final double MOST_BATCHES = 1;

    /**
     * Of one analysis.
     *
     * @param pages that were read
     * @param batches of records read by their keys
     * @param judged whether the records that a page refers to fit into one batch
     */
    record Of(String name, int pages, int batches, boolean judged) {
        static Of requests(String name, List<Sum> sums, boolean judged) {
            return new Of(name, requests(sums, SCAN::equals), requests(sums, BATCH::equals), judged);
        }

        private static int requests(List<Sum> sums, Predicate<String> operation) {
            return sums.stream()
                    .filter(sum -> operation.test(sum.operation()))
                    .mapToInt(Sum::requests)
                    .sum();
        }

        private double perPage() {
            return (double) batches / pages;
        }

        private String verdict() {
            return judged
                    ? String.format(
                            Locale.ROOT,
                            "%s (at most %.0f)",
                            perPage() <= MOST_BATCHES ? "met" : "missed",
                            MOST_BATCHES)
                    : "";
        }
    }

    @Override
    public String name() {
        return "batchReads";
    }

    @Override
    public String markdown() {
        var text = new StringBuilder(
                "| requests of one analysis | pages | batch reads | per page | target |\n|---|---:|---:|---:|---|\n");
        for (var one : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f | %s |%n",
                    one.name(),
                    one.pages(),
                    one.batches(),
                    one.perPage(),
                    one.verdict()));
        }
        return text.toString();
    }

    @Override
    public ArrayNode json() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var one : all) {
            list.addObject().put("name", one.name()).put("pages", one.pages()).put("batches", one.batches());
        }
        return list;
    }
}
