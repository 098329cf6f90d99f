package dev.rekey.core.plan.document;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What an expression of a plan takes from the record. */
public final class ExpressionInputs {
    private ExpressionInputs() {}

    /**
     * @param everything whether it can read any attribute, because its text does not tell which
     * @param attributes those that its text names; of no account if it can read everything
     */
    public record Inputs(boolean everything, Set<String> attributes) {
        public Inputs {
            attributes = Collections.unmodifiableSortedSet(new TreeSet<>(attributes));
        }
    }

    /** The attributes of {@code $record} that {@code jsonata} reads: at least those that it does. */
    public static Inputs of(String jsonata) {
        return switch (JsonataSource.parse(jsonata)) {
            case JsonataSource.Parsed.Expression(var tree) -> tree.inputs("record");
            case JsonataSource.Parsed.Malformed _ -> new Inputs(true, Set.of());
        };
    }
}
