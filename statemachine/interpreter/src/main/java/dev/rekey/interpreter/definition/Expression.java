package dev.rekey.interpreter.definition;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One parsed JSONata expression. Safe for use by many threads; they take turns. */
public final class Expression {
    private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");
    private static final long LONGEST_MILLIS = 60_000;
    private static final int DEEPEST = 3_000;

    private final String source;
    private final Jsonata parsed;
    private final Set<String> names = new TreeSet<>();

    private Expression(String source, Jsonata parsed) {
        this.source = source;
        this.parsed = parsed;
        Matcher found = VARIABLE.matcher(source);
        while (found.find()) {
            names.add(found.group(1));
        }
    }

    /** Parses the text between the opening and the closing brace with its percent sign. */
    public static Expression parse(String source) throws ExpressionSyntaxException {
        try {
            Jsonata parsed = Jsonata.jsonata(source);
            if (parsed.getErrors() != null && !parsed.getErrors().isEmpty()) {
                throw new ExpressionSyntaxException(
                        parsed.getErrors().getFirst().getMessage());
            }
            parsed.setOutputConvertNulls(false);
            parsed.setValidateInput(false);
            Expression expression = new Expression(source, parsed);
            if (expression.names.contains("eval")) {
                throw new ExpressionSyntaxException("The function $eval is not supported. Use $parse to read JSON");
            }
            return expression;
        } catch (JException e) {
            throw new ExpressionSyntaxException(e.getDetailedErrorMessage(), e);
        } catch (RuntimeException e) {
            // The library's parser fails so on some malformed texts instead of reporting a position.
            throw new ExpressionSyntaxException("The expression cannot be parsed: " + e.getMessage(), e);
        }
    }

    /** The names behind a {@code $} in the text: variables, functions and the expression's own. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** The result as JSON; undefined is a failure. */
    public JsonNode evaluate(Bindings bindings) throws EvaluationException {
        Object result = raw(bindings);
        if (result == null) {
            throw new EvaluationException("The JSONata expression '" + source + "' returned nothing (undefined).");
        }
        try {
            return Values.fromJsonata(result);
        } catch (EvaluationException e) {
            throw new EvaluationException(failure(e.getMessage()), e);
        }
    }

    private synchronized Object raw(Bindings bindings) throws EvaluationException {
        Jsonata.Frame frame = parsed.createFrame();
        frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
        AwsFunctions.bind(frame, names, bindings);
        for (String name : names) {
            Object value = bindings.value(name);
            if (value != null) {
                frame.bind(name, value);
            }
        }
        try {
            return parsed.evaluate(null, frame);
        } catch (JException e) {
            throw new EvaluationException(failure(e.getMessage()), e);
        } catch (RuntimeException | StackOverflowError e) {
            // The library reports some failures of built-in functions as other exceptions, cause inside.
            Throwable deepest = e;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            throw new EvaluationException(failure(String.valueOf(deepest.getMessage())), e);
        }
    }

    private String failure(String reason) {
        return "The JSONata expression '" + source + "' failed: " + reason;
    }
}
