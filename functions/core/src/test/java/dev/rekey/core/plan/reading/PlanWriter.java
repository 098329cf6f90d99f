package dev.rekey.core.plan.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** Writes a plan of nested maps and lists with everything random that has no meaning: order, style, comments, spaces. */
final class PlanWriter {
    private final Random random;

    PlanWriter(Random random) {
        this.random = random;
    }

    static Map<String, Object> parse(String yaml) {
        return map(new Yaml().load(yaml));
    }

    @SuppressWarnings("unchecked") // Keys of these test plans are texts.
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    String write(Map<String, Object> plan) {
        return switch (random.nextInt(3)) {
            case 0 -> space() + json(plan);
            case 1 -> "# " + random.nextInt() + "\n---\n" + block(plan, 0);
            default -> block(plan, 0);
        };
    }

    private String json(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                shuffled(map).entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + space() + ":" + space() + json(entry.getValue()))
                        .collect(Collectors.joining("," + space(), "{" + space(), space() + "}"));
            case List<?> list ->
                list.stream().map(this::json).collect(Collectors.joining(space() + ", ", "[", space() + "]"));
            case String text -> quoted(text);
            default -> number(value.toString());
        };
    }

    private String block(Map<?, ?> map, int indent) {
        var lines = new StringBuilder();
        for (var entry : shuffled(map).entrySet()) {
            var key = random.nextBoolean() ? quoted(entry.getKey()) : plainKey(entry.getKey());
            lines.append(" ".repeat(indent)).append(key).append(":");
            if (entry.getValue() instanceof Map<?, ?> inner && !inner.isEmpty() && random.nextBoolean()) {
                lines.append(random.nextBoolean() ? " # " + random.nextInt() : "")
                        .append("\n");
                lines.append(block(inner, indent + 1 + random.nextInt(4)));
            } else {
                // A tab is no space to YAML, and a line break here would end the value.
                lines.append(" ")
                        .append(json(entry.getValue()).replace("\t", " ").replace("\n", " "))
                        .append(random.nextBoolean() ? "   # comment" : "")
                        .append("\n");
            }
            lines.append(random.nextInt(5) == 0 ? "\n" : "");
        }
        return lines.toString();
    }

    private Map<String, Object> shuffled(Map<?, ?> map) {
        var keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        var shuffled = new LinkedHashMap<String, Object>();
        keys.forEach(key -> shuffled.put((String) key, map.get(key)));
        return shuffled;
    }

    private String number(String text) {
        return switch (text) {
            case "1.5" -> random.nextBoolean() ? "1.50" : "15e-1";
            case "5" -> random.nextBoolean() ? "5" : "5.0";
            default -> text;
        };
    }

    private static String plainKey(String key) {
        return key.matches("[a-zA-Z]{2,}") ? key : quoted(key);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String space() {
        return List.of("", " ", "  ", "\n ", "\t").get(random.nextInt(5));
    }
}
