package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.bench.Requests.Sum;
import java.util.List;
import java.util.Locale;

/**
 * What the copy stage of one migration into an empty table asked the stores for.
 *
 * @param records that it copied
 * @param judged whether the targets were set for records like these
 */
record Costs(int records, List<Sum> sums, boolean judged) implements Part {
    private static final String S3 = "S3 ";
    private static final List<String> WRITES =
            List.of("DynamoDb BatchWriteItem", "DynamoDb PutItem", "DynamoDb UpdateItem");
    private static final double MOST_WRITE_UNITS = 1;
    private static final double MOST_READ_UNITS = 1.5;
    private static final double MOST_S3 = 4;

    @Override
    public String name() {
        return "copyStageAskedFor";
    }

    @Override
    public String markdown() {
        double all = sums.stream().mapToDouble(Sum::seconds).sum();
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "Requests of the functions that migrate, %,d records, one round; shares are of the time in requests, which run"
                        + " side by side.%n%n| request | per 1,000 records | units per record | share"
                        + " |%n|---|---:|---:|---:|%n",
                records));
        for (var sum : sums) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %s | %.0f %% |%n",
                    sum.operation(),
                    sum.requests() * 1000.0 / records,
                    sum.units() == 0 ? "" : String.format(Locale.ROOT, "%.2f", sum.units() / records),
                    100 * sum.seconds() / all));
        }
        return text
                + String.format(
                        Locale.ROOT,
                        "%nFor each record %.2f write units%s and %.2f read units%s; for 1,000 records %.1f"
                                + " requests to S3%s.%n",
                        writeUnits(),
                        verdict(writeUnits(), MOST_WRITE_UNITS),
                        readUnits(),
                        verdict(readUnits(), MOST_READ_UNITS),
                        s3Requests(),
                        verdict(s3Requests(), MOST_S3));
    }

    @Override
    public ArrayNode json() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var sum : sums) {
            list.addObject()
                    .put("request", sum.operation())
                    .put("number", sum.requests())
                    .put("units", sum.units())
                    .put("seconds", sum.seconds());
        }
        return list;
    }

    private double writeUnits() {
        return units(true) / records;
    }

    private double readUnits() {
        return units(false) / records;
    }

    private double units(boolean written) {
        return sums.stream()
                .filter(sum -> WRITES.contains(sum.operation()) == written)
                .mapToDouble(Sum::units)
                .sum();
    }

    private double s3Requests() {
        return 1000.0
                * sums.stream()
                        .filter(sum -> sum.operation().startsWith(S3))
                        .mapToInt(Sum::requests)
                        .sum()
                / records;
    }

    private String verdict(double found, double most) {
        return judged ? " (%s, at most %s)".formatted(found <= most + 0.005 ? "met" : "missed", number(most)) : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
