package dev.rekey.core.plan.reading;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The source text of a JSONata expression in a plan. */
final class JsonataSource {
    /** They give another answer each time, or run text that nobody checked. */
    static final Set<String> REFUSED = Set.of("now", "millis", "random", "uuid", "shuffle", "eval");

    private static final String START = "{%";
    private static final String END = "%}";

    /** What parsing says of an expression. */
    sealed interface Parsed {
        /** @param refused functions it names that a plan must not use, sorted */
        record Expression(Set<String> refused) implements Parsed {}

        record Malformed(String fact) implements Parsed {}
    }

    private JsonataSource() {}

    /** The expression in a text such as <code>{% $record.a %}</code>; empty if the text is no such thing. */
    static Optional<String> in(String text) {
        var marked = text.startsWith(START) && text.endsWith(END) && text.length() >= START.length() + END.length();
        return marked ? Optional.of(text.substring(START.length(), text.length() - END.length())) : Optional.empty();
    }

    static Parsed parse(String expression) {
        try {
            return new Parsed.Expression(refused(new Parser().parse(expression)));
        } catch (JException e) {
            return new Parsed.Malformed(e.getMessage() + " (at character " + e.getLocation() + ")");
        } catch (RuntimeException e) {
            // The parser lets out what its parts throw: ends of text, bad regular expressions.
            return new Parsed.Malformed("it ends too early or holds a bad regular expression");
        } catch (StackOverflowError e) {
            return new Parsed.Malformed("it is nested too deeply");
        }
    }

    /**
     * Walks the syntax tree: only there is a variable told apart from the same letters in a text, a comment or a
     * regular expression. The library keeps the tree's fields to itself, hence reflection.
     */
    private static Set<String> refused(Parser.Symbol root) {
        var found = new TreeSet<String>();
        var seen = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof Parser.Symbol symbol && seen.add(symbol)) {
                variable(symbol).filter(REFUSED::contains).ifPresent(found::add);
                fields(symbol).forEach(open::push);
            } else if (node instanceof Collection<?> list) {
                list.stream().filter(Objects::nonNull).forEach(open::push);
            } else if (node instanceof Object[] pair) {
                Arrays.stream(pair).filter(Objects::nonNull).forEach(open::push);
            }
        }
        return found;
    }

    private static Optional<String> variable(Parser.Symbol symbol) {
        return "variable".equals(read(TYPE, symbol)) && read(VALUE, symbol) instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    private static List<Object> fields(Parser.Symbol symbol) {
        return FIELDS.stream()
                .map(field -> read(field, symbol))
                .filter(Objects::nonNull)
                .toList();
    }

    private static final List<Field> FIELDS = Arrays.stream(Parser.Symbol.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .peek(field -> field.setAccessible(true))
            .toList();
    private static final Field TYPE = field("type");
    private static final Field VALUE = field("value");

    private static Field field(String name) {
        return FIELDS.stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object read(Field field, Parser.Symbol symbol) {
        try {
            return field.get(symbol);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the syntax tree of JSONata cannot be read", e);
        }
    }
}
