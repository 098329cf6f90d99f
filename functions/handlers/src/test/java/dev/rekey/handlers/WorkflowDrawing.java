package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Draws the workflow's document as flow charts in Mermaid, which GitHub and most editors show as pictures. */
final class WorkflowDrawing {
    private static final int LONGEST_LABEL = 60;

    private final JsonNode document;

    WorkflowDrawing(JsonNode document) {
        this.document = document;
    }

    /** A page with a chart of the whole, then one of each Distributed Map. */
    String page() {
        var page = new StringBuilder("""
            # The workflow, drawn

            Made by the build from `statemachine/migration.asl.json`; `WorkflowDrawingGoldenTest` keeps it current. What the
            states do is told in [workflow.md](workflow.md). Boxes with double sides are Distributed Maps, drawn below; dotted
            arrows are errors that are caught.

            """);
        page.append(chart(document));
        document.path("States").properties().forEach(state -> {
            if (isMap(state.getValue())) {
                page.append("\n## ").append(state.getKey()).append("\n\n");
                page.append(state.getValue().path("Comment").asText()).append("\n\n");
                page.append(chart(state.getValue().path("ItemProcessor")));
            }
        });
        return page.toString();
    }

    private static String chart(JsonNode machine) {
        var ids = new LinkedHashMap<String, String>();
        machine.path("States").fieldNames().forEachRemaining(name -> ids.put(name, "s" + ids.size()));
        var lines = new ArrayList<>(List.of("```mermaid", "flowchart TD"));
        lines.add("    start(( )) --> " + ids.get(machine.path("StartAt").asText()));
        machine.path("States")
                .properties()
                .forEach(
                        state -> lines.add("    " + ids.get(state.getKey()) + shape(state.getKey(), state.getValue())));
        machine.path("States")
                .properties()
                .forEach(state -> lines.addAll(arrows(ids.get(state.getKey()), state.getValue(), ids)));
        lines.add("```");
        return String.join("\n", lines) + "\n";
    }

    private static String shape(String name, JsonNode state) {
        return switch (state.path("Type").asText()) {
            case "Choice" -> "{{\"" + name + "\"}}";
            case "Map" -> "[[\"" + name + "\"]]";
            case "Succeed" -> "([\"" + name + "\"])";
            case "Fail" -> "([\"✗ " + name + "\"])";
            case "Wait" -> "(\"" + name + "\")";
            default -> "[\"" + name + "\"]";
        };
    }

    private static List<String> arrows(String from, JsonNode state, Map<String, String> ids) {
        var choices = state.path("Choices")
                .valueStream()
                .map(choice -> "    " + from + " -- \"" + condition(choice) + "\" --> "
                        + ids.get(choice.path("Next").asText()));
        var next = Stream.of("Next", "Default")
                .filter(state::has)
                .map(field -> "    " + from + (field.equals("Next") ? " --> " : " -- \"otherwise\" --> ")
                        + ids.get(state.path(field).asText()));
        var caught = state.path("Catch")
                .valueStream()
                .map(one -> "    " + from + " -.-> " + ids.get(one.path("Next").asText()));
        return Stream.of(choices, next, caught).flatMap(arrow -> arrow).toList();
    }

    /** An expression without what surrounds every one. */
    private static String condition(JsonNode choice) {
        var text = choice.path("Condition")
                .asText()
                .replaceAll("^\\{%\\s*|\\s*%}$", "")
                .replace("$states.input.", "")
                .replace("$", "")
                .replace('"', '\'');
        var label = text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
        // Labels are HTML.
        return label.replace("<", "#lt;").replace(">", "#gt;");
    }

    private static boolean isMap(JsonNode state) {
        return state.path("Type").asText().equals("Map");
    }
}
