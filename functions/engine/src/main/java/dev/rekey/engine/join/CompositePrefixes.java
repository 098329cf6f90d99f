package dev.rekey.engine.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says which prefixes the values of an attribute share, by how many values begin with each. */
public final class CompositePrefixes {
    private static final long SHARED = 2;

    private CompositePrefixes() {}

    /**
     * The prefixes that are no part of an id but tell kinds of records apart. {@code CUST#} does so alone. A word and
     * another separator are an id's own where all ids have them, as in {@code auth0|5f7c} and {@code arn:aws:}.
     *
     * @param values by shape, how many there are
     */
    public static List<String> shared(Map<String, Long> values) {
        var shared = new ArrayList<String>();
        var bySeparator = new TreeMap<Character, List<String>>();
        new TreeMap<>(values).forEach((shape, count) -> {
            if (shape.length() > 1 && count >= SHARED) {
                bySeparator
                        .computeIfAbsent(shape.charAt(shape.length() - 1), _ -> new ArrayList<>())
                        .add(shape);
            }
        });
        bySeparator.forEach((separator, shapes) -> {
            if (separator == '#' || (separator != '_' && shapes.size() > 1)) {
                shared.addAll(shapes);
            }
        });
        return shared;
    }
}
