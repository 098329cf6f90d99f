package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What expressions of one state see: {@code $states}, the variables in scope, the time and chance. Values are converted
 * for the JSONata library when an expression first asks for them. For use by one thread.
 */
public final class Bindings {
    private final ObjectNode states;
    private final Function<String, JsonNode> variables;
    private final Instant now;
    private final RandomGenerator random;
    private final Map<String, Object> converted = new HashMap<>();

    /**
     * @param states the value of {@code $states}
     * @param variables the value of a variable by its name; null where it is unset
     */
    public Bindings(ObjectNode states, Function<String, JsonNode> variables, Instant now, RandomGenerator random) {
        this.states = states;
        this.variables = variables;
        this.now = now;
        this.random = random;
    }

    /** The library's value, or null (undefined) for a variable that is unset. */
    Object value(String name) {
        return converted.computeIfAbsent(name, asked -> {
            JsonNode value = asked.equals("states") ? states : variables.apply(asked);
            return value == null ? null : Values.toJsonata(value);
        });
    }

    Instant now() {
        return now;
    }

    RandomGenerator random() {
        return random;
    }
}
