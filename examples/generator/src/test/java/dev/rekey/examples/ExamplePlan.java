package dev.rekey.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an example's plan says, read by the simplest means: these tests do not trust the engine that the examples show.
 *
 * @param references table to path to referenced table; key attributes are paths too
 */
record ExamplePlan(Map<String, Map<String, String>> references) {
    private static final Set<String> ROLES = Set.of("self", "keep");

    static ExamplePlan of(String example) {
        try {
            var file = Path.of(System.getProperty("examples"), example, "plan.yaml");
            var references = new LinkedHashMap<String, Map<String, String>>();
            new YAMLMapper()
                    .readTree(file.toFile())
                    .get("tables")
                    .properties()
                    .forEach(table -> references.put(table.getKey(), references(table.getValue())));
            return new ExamplePlan(references);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> references(JsonNode table) {
        var references = new HashMap<String, String>();
        for (var part : List.of("key", "references")) {
            table.path(part).properties().stream()
                    .filter(entry -> !ROLES.contains(entry.getValue().asText()))
                    .forEach(entry ->
                            references.put(entry.getKey(), entry.getValue().asText()));
        }
        return references;
    }

    /** The tables of each level; a table's references to itself do not count. */
    List<Set<String>> levels() {
        var levelOf = new HashMap<String, Integer>();
        while (levelOf.size() < references.size()) {
            references.forEach((table, paths) -> paths.values().stream()
                    .filter(other -> !other.equals(table))
                    .map(other -> levelOf.getOrDefault(other, Integer.MAX_VALUE))
                    .reduce(Math::max)
                    .or(() -> Optional.of(0))
                    .filter(highest -> highest < Integer.MAX_VALUE)
                    .ifPresent(highest -> levelOf.put(table, highest + 1)));
        }
        var levels = levelOf.keySet().stream().collect(Collectors.groupingBy(levelOf::get, Collectors.toSet()));
        return levels.keySet().stream().sorted().map(levels::get).toList();
    }
}
