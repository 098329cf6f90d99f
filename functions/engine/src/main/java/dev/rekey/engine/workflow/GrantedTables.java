package dev.rekey.engine.workflow;

import dev.rekey.core.item.TableShape;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables that the parameters of the stack let functions write to. Who runs the stack may have granted more by other means: only a
 * request tells for certain.
 *
 * @param target ARNs of tables that copies are written to; {@code *} stands for anything
 * @param inPlace ARNs of tables that are changed in place
 */
public record GrantedTables(List<String> target, List<String> inPlace) {
    private static final Pattern PARTITION = Pattern.compile("^arn:[^:]*:");

    boolean include(TableShape table, boolean isInPlace) {
        var arn = "dynamodb:" + table.region() + ":" + table.account() + ":table/" + table.table();
        return (isInPlace ? inPlace : target).stream().anyMatch(pattern -> matches(pattern, arn));
    }

    private static boolean matches(String pattern, String arn) {
        var plain = PARTITION.matcher(pattern).replaceFirst("");
        return arn.matches(Stream.of(plain.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
