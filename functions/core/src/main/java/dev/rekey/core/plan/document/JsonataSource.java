package dev.rekey.core.plan.document;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import java.util.Optional;
import java.util.Set;

/** The source text of a JSONata expression in a plan. */
public final class JsonataSource {
    /** They give another answer each time, or run unchecked text. */
    public static final Set<String> REFUSED = Set.of("now", "millis", "random", "uuid", "shuffle", "eval");

    private static final String START = "{%";
    private static final String END = "%}";

    /** What parsing says of an expression. */
    public sealed interface Parsed {
        record Expression(JsonataTree tree) implements Parsed {}

        record Malformed(String fact) implements Parsed {}
    }

    private JsonataSource() {}

    /** The expression in a text such as <code>{% $record.a %}</code>; empty if the text is no such thing. */
    public static Optional<String> in(String text) {
        var marked = text.startsWith(START) && text.endsWith(END) && text.length() >= START.length() + END.length();
        return marked ? Optional.of(text.substring(START.length(), text.length() - END.length())) : Optional.empty();
    }

    public static Parsed parse(String expression) {
        try {
            return new Parsed.Expression(new JsonataTree(new Parser().parse(expression)));
        } catch (JException e) {
            return new Parsed.Malformed(e.getMessage() + " (at character " + e.getLocation() + ")");
        } catch (RuntimeException e) {
            // The parser lets out what its parts throw: ends of text, bad regular expressions.
            return new Parsed.Malformed("it ends too early or contains an invalid regular expression");
        } catch (StackOverflowError e) {
            return new Parsed.Malformed("it is nested too deeply");
        }
    }
}
