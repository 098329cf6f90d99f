package dev.rekey.engine.page;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.rekey.core.item.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A page, or a part of one, as a Mustache template. Counts, which are {@code long}, are shown as people read them; what is not there,
 * or empty, is nothing.
 */
public final class PageTemplate {
    private final Template template;

    /** @param source of the template */
    public PageTemplate(String source) {
        template = Mustache.compiler()
                .defaultValue("")
                .emptyStringIsFalse(true)
                .withFormatter(PageTemplate::shown)
                .withEscaper(PageTemplate::escaped)
                .withCollector(new Collector())
                .compile(source);
    }

    public String fill(Map<String, ?> page) {
        return template.execute(page);
    }

    /** The style sheet of every page. */
    public static String style() {
        return resource("report.css");
    }

    /** The text of a resource beside this class. */
    static String resource(String name) {
        try (var in = PageTemplate.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this jar cannot be read: " + name, e);
        }
    }

    /** A section of an {@link Optional} is there once, or not at all. */
    private static final class Collector extends DefaultCollector {
        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof Optional<?> some ? some.stream().iterator() : super.toIterator(value);
        }
    }

    private static String shown(Object value) {
        return switch (value) {
            case Long count -> Wording.count(count);
            case Optional<?> some -> some.map(PageTemplate::shown).orElse("");
            // Asked only whether it is empty.
            case Map<?, ?> section -> section.isEmpty() ? "" : "section";
            default -> value.toString();
        };
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 127 && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
    }

    /** Text as HTML. Line breaks and tabs stay: texts have them, and keys are made visible before. */
    public static String escaped(String raw) {
        if (raw.chars().allMatch(PageTemplate::isPlain)) {
            return raw;
        }
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
