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
 * @param notes what remains to be done by hand after a migration; no part of the canonical form, since they do not
 *     change what is written
 * @param createTables files beside the plan, each with a further table of the target as CreateTable of AWS takes it
 */
public record Declarations(
        List<DeclaredFamily> families,
        Map<String, AttributeValue> parameters,
        List<String> notes,
        List<String> createTables) {
    public static final Declarations NONE = new Declarations(List.of(), Map.of(), List.of(), List.of());

    public Declarations {
        families = List.copyOf(families);
        notes = List.copyOf(notes);
        createTables = List.copyOf(createTables);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
