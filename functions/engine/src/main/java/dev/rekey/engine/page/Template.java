package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text with places to fill, written like Mustache: {@code {{name}}} escaped for HTML, {@code {{{name}}}} as it is,
 * {@code {{#name}}…{{/name}}} once for each element of a list or for a map, and not at all for what is not there, false
 * or empty; {@code {{^name}}…{{/name}}} the other way round. A name is looked for from the inside out.
 */
final class Template {
    private static final Pattern TAG = Pattern.compile("\\{\\{\\{([\\w.]+)}}}|\\{\\{([#/^]?)([\\w.]+)}}");

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = pieces;
    }

    private sealed interface Piece {
        record Text(String text) implements Piece {}

        record Value(String name, boolean escaped) implements Piece {}

        record Section(String name, boolean inverted, List<Piece> pieces) implements Piece {}
    }

    /** @throws IllegalArgumentException if a section is not closed */
    static Template of(String text) {
        var open = new ArrayDeque<Piece.Section>();
        open.push(new Piece.Section("", false, new ArrayList<>()));
        var tags = TAG.matcher(text);
        int at = 0;
        while (tags.find()) {
            open.peek().pieces().add(new Piece.Text(text.substring(at, tags.start())));
            at = tags.end();
            if (tags.group(1) != null) {
                open.peek().pieces().add(new Piece.Value(tags.group(1), false));
            } else {
                tag(tags.group(2), tags.group(3), open);
            }
        }
        var all = open.pop();
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("the section " + all.name() + " is not closed");
        }
        all.pieces().add(new Piece.Text(text.substring(at)));
        return new Template(all.pieces());
    }

    private static void tag(String kind, String name, Deque<Piece.Section> open) {
        switch (kind) {
            case "#", "^" -> open.push(new Piece.Section(name, kind.equals("^"), new ArrayList<>()));
            case "/" -> {
                var section = open.pop();
                if (open.isEmpty() || !section.name().equals(name)) {
                    throw new IllegalArgumentException("the section " + name + " is closed where it is not open");
                }
                open.peek().pieces().add(section);
            }
            default -> open.peek().pieces().add(new Piece.Value(name, true));
        }
    }

    /** The text of a resource beside this class. */
    static String resource(String name) {
        try (var in = Template.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this jar cannot be read: " + name, e);
        }
    }

    /** @param values texts, numbers, booleans, and lists and maps of these */
    String fill(Map<String, ?> values) {
        var filled = new StringBuilder();
        var around = new ArrayDeque<Object>();
        around.push(values);
        fill(pieces, around, filled);
        return filled.toString();
    }

    private static void fill(List<Piece> pieces, Deque<Object> around, StringBuilder filled) {
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Text(var text) -> filled.append(text);
                case Piece.Value(var name, var escaped) -> {
                    var text = String.valueOf(find(name, around));
                    filled.append(escaped ? escape(text) : text);
                }
                case Piece.Section section -> fill(section, around, filled);
            }
        }
    }

    private static void fill(Piece.Section section, Deque<Object> around, StringBuilder filled) {
        var values = elements(find(section.name(), around));
        if (section.inverted()) {
            if (values.isEmpty()) {
                fill(section.pieces(), around, filled);
            }
            return;
        }
        for (var value : values) {
            around.push(value);
            fill(section.pieces(), around, filled);
            around.pop();
        }
    }

    private static List<?> elements(Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Boolean yes -> yes ? List.of(yes) : List.of();
            case String text -> text.isEmpty() ? List.of() : List.of(text);
            default -> List.of(value);
        };
    }

    /** What is not there is the empty text. */
    private static Object find(String name, Deque<Object> around) {
        if (name.equals(".")) {
            return around.peek();
        }
        for (var values : around) {
            if (values instanceof Map<?, ?> map && map.containsKey(name)) {
                return map.get(name);
            }
        }
        return "";
    }

    /** Line breaks and tabs stay: texts have them, and keys are made visible before. */
    static String escape(String raw) {
        var escaped = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append((char) c);
                default -> {
                    if (Wording.isInvisible(c)) {
                        escaped.append(Wording.visible(Character.toString(c)));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
