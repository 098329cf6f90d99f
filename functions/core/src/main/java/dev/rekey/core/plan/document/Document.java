package dev.rekey.core.plan.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a plan as a tree, or why it has none. */
public sealed interface Document {
    record Tree(Node root) implements Document {}

    /** @param problems at least one */
    record NoTree(List<Problem> problems) implements Document {
        public NoTree {
            problems = List.copyOf(problems);
        }
    }

    int MAX_CHARACTERS = 1_000_000;
    int MAX_DEPTH = 50;

    Pattern JSON_OBJECT = Pattern.compile("\\s*\\{\\s*\".*", Pattern.DOTALL);

    /**
     * Reads JSON or YAML. What begins like JSON is read as JSON first, because YAML forbids JSON's tabs; what then is no
     * JSON may still be YAML's flow style.
     */
    static Document read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return new NoTree(List.of(ProblemKind.DOCUMENT_TOO_LARGE.at(
                    PlanPath.ROOT,
                    "The plan has " + text.length() + " characters, more than " + MAX_CHARACTERS + ".",
                    "Split the plan: tables that do not refer to each other can be in different plans.")));
        }
        var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!JSON_OBJECT.matcher(plain).matches()) {
            return YamlDocument.read(plain);
        }
        var json = JsonDocument.read(plain);
        return switch (json) {
            case Tree tree -> tree;
            case NoTree _ -> YamlDocument.read(plain) instanceof Tree tree ? tree : json;
        };
    }

    /** Gathers problems of the text itself; their path is a place in the text. */
    final class TextProblems {
        private final List<Problem> problems = new ArrayList<>();

        void add(ProblemKind kind, TextPosition place, String message, String hint) {
            var problem = kind.at(new PlanPath(List.of(place.toString())), message, hint);
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }

        void duplicateKey(String key, TextPosition place, TextPosition first) {
            add(
                    ProblemKind.DOCUMENT_DUPLICATE_KEY,
                    place,
                    "The key " + Quoted.of(key) + " occurs twice in one map, first at " + first + ".",
                    "Merge the two entries or remove one.");
        }

        Document orElse(Node root) {
            return problems.isEmpty() ? new Tree(root) : new NoTree(problems);
        }
    }
}
