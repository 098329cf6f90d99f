package dev.rekey.core.plan.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a plan's document, YAML or JSON, with its place. Numbers keep their text: no value goes through a double.
 */
public sealed interface Node {
    TextPosition place();

    /** How a message names this kind of value. */
    String kind();

    record Text(String value, TextPosition place) implements Node {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** @param text a number as JSON writes it */
    record Numeral(String text, TextPosition place) implements Node {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Truth(boolean value, TextPosition place) implements Node {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Nothing(TextPosition place) implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Items(List<Node> values, TextPosition place) implements Node {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** @param values in the order of the document */
    record Fields(Map<String, Node> values, TextPosition place) implements Node {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String kind() {
            return "a map";
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        /** The text under {@code name}; empty if there is none or something else stands there. */
        public Optional<String> text(String name) {
            return values.get(name) instanceof Text(String value, TextPosition _)
                    ? Optional.of(value)
                    : Optional.empty();
        }

        /** The texts in the list under {@code name}; what is no text is skipped, and has a problem of its own. */
        public List<String> texts(String name) {
            return values.get(name) instanceof Items(var items, TextPosition _)
                    ? items.stream()
                            .filter(Text.class::isInstance)
                            .map(item -> ((Text) item).value())
                            .toList()
                    : List.of();
        }

        /** The map under {@code name}; without entries if there is none or something else stands there. */
        public Fields fields(String name) {
            return values.get(name) instanceof Fields fields ? fields : new Fields(Map.of(), place);
        }
    }
}
