package dev.rekey.core.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import dev.rekey.core.mapping.RecordView.Untouchable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A JSONata expression of the plan, for any number of threads at once. */
final class Expression {
    private final String path;
    private final String source;
    private final Map<String, Object> parameters;
    private final String runStartedAt;
    /** The library's compiled expressions have state, so each evaluation has one to itself. */
    private final Queue<Jsonata> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param path in the plan, for messages
     * @throws IllegalArgumentException if {@code source} is not JSONata
     */
    Expression(String path, String source, Map<String, AttributeValue> parameters, Instant runStartedAt) {
        this.path = path;
        this.source = source;
        this.parameters = RecordView.of(parameters);
        this.runStartedAt = runStartedAt.toString();
        idle.add(compile());
    }

    private Jsonata compile() {
        try {
            var compiled = Jsonata.jsonata(source);
            compiled.setValidateInput(false);
            // Keeps null and undefined apart.
            compiled.setOutputConvertNulls(false);
            LibraryFunctions.replaceIn(compiled);
            // The library lets a thread write into what that thread compiled last, even while another thread
            // evaluates it. Let that be something nobody evaluates.
            Jsonata.jsonata("null");
            return compiled;
        } catch (JException e) {
            throw new IllegalArgumentException(path + " is not JSONata: " + e.getMessage(), e);
        }
    }

    /**
     * The result; empty if undefined.
     *
     * @throws UnmappableException if there is none
     */
    Optional<AttributeValue> value(Inputs inputs) {
        try {
            var result = evaluate(inputs);
            return result == null ? Optional.empty() : Optional.of(ResultValue.of(result));
        } catch (Untouchable e) {
            throw failed(e.getMessage());
        }
    }

    /**
     * Whether the expression holds for {@code record}; undefined does not.
     *
     * @throws UnmappableException if the result is neither true nor false nor undefined
     */
    boolean holds(Map<String, AttributeValue> record) {
        return switch (evaluate(new Inputs(record))) {
            case null -> false;
            case Boolean answer -> answer;
            case Object _ -> throw failed("the expression does not return true or false");
        };
    }

    private Object evaluate(Inputs inputs) {
        var compiled = Optional.ofNullable(idle.poll()).orElseGet(this::compile);
        try {
            var frame = new Frame(null);
            frame.bind("record", RecordView.of(inputs.record()));
            inputs.survivor().ifPresent(id -> bind(frame, "survivor", id));
            inputs.per().ifPresent(value -> bind(frame, "per", value));
            frame.bind("parameters", parameters);
            frame.bind("runStartedAt", runStartedAt);
            EvaluationLimit.of(frame);
            return compiled.evaluate(null, frame);
        } catch (StackOverflowError _) {
            throw failed("the expression is nested too deeply");
        } catch (RuntimeException e) {
            throw failed(explain(e));
        } finally {
            idle.add(compiled);
        }
    }

    private static void bind(Frame frame, String name, AttributeValue value) {
        frame.bind(name, RecordView.of(Map.of(name, value)).get(name));
    }

    private UnmappableException failed(String message) {
        return new UnmappableException("mapping.expression", path, message);
    }

    /** The library's own messages can hold content of the record, so only its code is passed on. */
    private static String explain(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Untouchable) {
                return cause.getMessage();
            }
            if (cause instanceof JException e) {
                var isCode = e.getError() != null && e.getError().matches("[A-Z]\\d{4}");
                return "JSONata reports " + (isCode ? "error " + e.getError() : "an error")
                        + (e.getLocation() >= 0 ? " at character " + e.getLocation() : "");
            }
        }
        return "JSONata fails with " + failure.getClass().getSimpleName();
    }
}
