package dev.rekey.core.mapping;

import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What {@code set} or {@code setIfAbsent} gives one attribute.
 *
 * @param ifAbsent whether a value that stands there stays
 */
record Setter(Value value, boolean ifAbsent) {
    @FunctionalInterface
    interface Value {
        /**
         * @return empty to leave the attribute out
         * @throws UnmappableException if there is no answer for {@code inputs}
         */
        Optional<AttributeValue> of(Inputs inputs);
    }

    /** Something to be done with an attribute. */
    @FunctionalInterface
    interface Write {
        /** @param value empty to remove the attribute */
        void accept(Optional<AttributeValue> value);
    }

    /**
     * Has the attribute written, unless it shall stay as it is.
     *
     * @param there what the attribute of the new record holds; null if nothing
     */
    void apply(Inputs inputs, AttributeValue there, Write write) {
        if (!ifAbsent) {
            write.accept(value.of(inputs));
        } else if (there == null || !Existing.isAValue(there)) {
            value.of(inputs).ifPresent(now -> write.accept(Optional.of(now)));
        }
    }

    /** The setters of {@code table}, in the order of the plan. */
    static Map<String, Setter> of(TablePlan table, Instant runStartedAt, Throughs throughs) {
        var set = new LinkedHashMap<String, Setter>();
        table.set()
                .forEach((name, rule) -> set.put(
                        name,
                        new Setter(
                                rule.through().isPresent()
                                        ? throughs.get(name)
                                        : value(rule.option() + "." + name, rule, runStartedAt),
                                rule instanceof ValueRule.IfAbsent)));
        return Collections.unmodifiableMap(set);
    }

    /** @param path in the plan, for messages */
    static Value value(String path, ValueRule rule, Instant runStartedAt) {
        return switch (rule) {
            case ValueRule.Literal(var value) -> _ -> Optional.of(value);
            case ValueRule.Expression(var jsonata, var parameters) ->
                new Expression(path, jsonata, parameters, runStartedAt)::value;
            case ValueRule.IfAbsent(var value) -> value(path, value, runStartedAt);
            case ValueRule.Through _ -> throw new IllegalArgumentException(path + " is taken through a reference");
        };
    }
}
