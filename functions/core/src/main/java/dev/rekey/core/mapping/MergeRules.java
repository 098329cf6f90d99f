package dev.rekey.core.mapping;

import dev.rekey.core.plan.Merge.Matching;
import dev.rekey.core.plan.Merge.Normalization;
import dev.rekey.core.plan.TablePlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a table's option {@code merge} asks of single records. For any number of threads at once. */
public final class MergeRules {
    private final Optional<Matching> matching;
    private final Optional<Expression> require;

    private MergeRules(Optional<Matching> matching, Optional<Expression> require) {
        this.matching = matching;
        this.require = require;
    }

    /** @throws IllegalArgumentException if nothing of the table is merged */
    public static MergeRules of(TablePlan table, Instant runStartedAt) {
        var merge = table.merge()
                .orElseThrow(() -> new IllegalArgumentException("nothing of table " + table.name() + " is merged"));
        return new MergeRules(
                merge.matching(),
                merge.require()
                        .map(rule -> new Expression("merge.require", rule.jsonata(), rule.parameters(), runStartedAt)));
    }

    /**
     * Whether {@code record} may be merged, or be a survivor.
     *
     * @throws UnmappableException if there is no answer for it
     */
    public boolean allows(Map<String, AttributeValue> record) {
        return require.isEmpty() || require.get().holds(record);
    }

    /**
     * The values that are compared, normalized, by name; empty if the record lacks one: then it matches no other.
     *
     * @throws UnmappableException if one cannot be compared
     */
    public Optional<Map<String, AttributeValue>> values(Map<String, AttributeValue> record) {
        var by = matching.map(Matching::by).orElse(List.of());
        var values = new TreeMap<String, AttributeValue>();
        for (var name : by) {
            Optional.ofNullable(record.get(name))
                    .flatMap(value -> normalized(name, value))
                    .ifPresent(value -> values.put(name, value));
        }
        return Optional.<Map<String, AttributeValue>>of(values).filter(all -> !by.isEmpty() && all.size() == by.size());
    }

    private Optional<AttributeValue> normalized(String name, AttributeValue value) {
        return switch (value.type()) {
            case NUL -> Optional.empty();
            case S ->
                Optional.of(text(value.s())).filter(text -> !text.isEmpty()).map(AttributeValue::fromS);
            case N, B, BOOL -> Optional.of(value);
            case SS, NS, BS, L, M, UNKNOWN_TO_SDK_VERSION ->
                throw new UnmappableException(
                        "merge.not-comparable",
                        name,
                        "the value is of type " + value.type() + ", and only single values are compared");
        };
    }

    private String text(String text) {
        var how = matching.map(Matching::normalize).orElseThrow();
        var trimmed = how.contains(Normalization.TRIM) ? text.strip() : text;
        return how.contains(Normalization.LOWERCASE) ? trimmed.toLowerCase(Locale.ROOT) : trimmed;
    }

    /** The value that says how old {@code record} is; empty if it has none. */
    public Optional<AttributeValue> age(Map<String, AttributeValue> record) {
        return matching.flatMap(Matching::oldestBy)
                .map(record::get)
                .filter(value -> value.s() != null || value.n() != null);
    }
}
