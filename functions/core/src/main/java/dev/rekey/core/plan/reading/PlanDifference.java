package dev.rekey.core.plan.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Where two plans mean something else. */
public final class PlanDifference {
    /** An option of a table is named, and what it holds is not. */
    private static final int DEPTH = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanDifference() {}

    /**
     * The options that differ, such as {@code tables.Units.set}, and tables that only one of the plans has.
     *
     * @param before canonical form of one plan
     * @param after of the other
     */
    public static List<String> paths(String before, String after) {
        var paths = new ArrayList<String>();
        try {
            collect("", JSON.readTree(before), JSON.readTree(after), 0, paths);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a canonical form is not JSON", e);
        }
        return paths;
    }

    private static void collect(String path, JsonNode before, JsonNode after, int depth, List<String> paths) {
        if (before.equals(after)) {
            return;
        }
        if (depth == DEPTH || !before.isObject() || !after.isObject()) {
            paths.add(path);
            return;
        }
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            collect(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), depth + 1, paths);
        }
    }
}
