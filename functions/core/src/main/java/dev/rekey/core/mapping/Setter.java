package dev.rekey.core.mapping;

import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code set} gives one attribute. */
@FunctionalInterface
interface Setter {
    /**
     * @return empty to leave the attribute out
     * @throws UnmappableException if there is no answer for {@code source}
     */
    Optional<AttributeValue> value(Map<String, AttributeValue> source);

    /** The setters of {@code table}, in the order of the plan. */
    static Map<String, Setter> of(TablePlan table, Instant runStartedAt) {
        var set = new LinkedHashMap<String, Setter>();
        table.set().forEach((name, rule) -> set.put(name, of(name, rule, runStartedAt)));
        return Collections.unmodifiableMap(set);
    }

    private static Setter of(String name, ValueRule rule, Instant runStartedAt) {
        return switch (rule) {
            case ValueRule.Literal(var value) -> _ -> Optional.of(value);
            case ValueRule.Expression(var jsonata, var parameters) ->
                new Expression("set." + name, jsonata, parameters, runStartedAt)::value;
        };
    }
}
