package dev.rekey.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a plan declares beside its tables.
 *
 * @param families in the order of the file; names are unique
 * @param parameters values that expressions see as {@code $parameters}
 */
public record Declarations(List<DeclaredFamily> families, Map<String, AttributeValue> parameters) {
    public static final Declarations NONE = new Declarations(List.of(), Map.of());

    public Declarations {
        families = List.copyOf(families);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
