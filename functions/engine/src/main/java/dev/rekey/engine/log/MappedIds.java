package dev.rekey.engine.log;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Old and new key of a record: binary values in Base64, sort keys empty where there are none. As JSON it has the ids exactly
 * as they are.
 *
 * @param outcome what became of the record
 */
public record MappedIds(
        String table,
        String oldPartitionKey,
        String oldSortKey,
        String newPartitionKey,
        String newSortKey,
        String outcome) {
    /** What a spreadsheet takes for the beginning of a formula. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r\\n＝＋－＠].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?");

    /** The first line of a CSV file (RFC 4180), with its end. */
    public static String heading() {
        return "table,old partition key,old sort key,new partition key,new sort key,outcome\r\n";
    }

    /**
     * A line of the same file, with its end. What a spreadsheet would take for a formula has an apostrophe before it, as a
     * spreadsheet itself marks a text; numbers have none.
     */
    public String line() {
        return Stream.concat(
                        Stream.of(table, oldPartitionKey, oldSortKey, newPartitionKey, newSortKey)
                                .map(MappedIds::cell),
                        Stream.of(outcome))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        boolean formula =
                FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
        return text.isEmpty() ? "" : '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
