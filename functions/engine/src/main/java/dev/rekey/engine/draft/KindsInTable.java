package dev.rekey.engine.draft;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Looks for an attribute of few values that says what kind of record each record of a table is. */
final class KindsInTable {
    /** In order of preference. */
    private static final List<String> NAMES = List.of("__typename", "_et", "entityType", "type", "kind");

    private static final int MOST_KINDS = 20;
    /** So much of the records must have the attribute. */
    private static final double NEARLY_ALL = 0.9;
    /** So many records each value must have on the average: otherwise the values are no kinds. */
    private static final int FEWEST_OF_A_KIND = 2;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,254}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_.-]");

    private final Map<String, Map<String, AttributeValue>> values = new LinkedHashMap<>();
    private final Map<String, Long> present = new LinkedHashMap<>();
    private long records;

    KindsInTable() {
        NAMES.forEach(name -> values.put(name, new TreeMap<>()));
    }

    void add(Map<String, AttributeValue> record) {
        records++;
        for (var name : NAMES) {
            var value = record.get(name);
            var seen = values.get(name);
            if (value != null && seen != null) {
                var text = text(value);
                if (text.isEmpty() || (seen.size() == MOST_KINDS && !seen.containsKey(text.get()))) {
                    values.remove(name);
                } else {
                    seen.put(text.get(), value);
                    present.merge(name, 1L, Long::sum);
                }
            }
        }
    }

    /** Values that {@code match} can name; of one form, whatever equal numbers are written like. */
    private static Optional<String> text(AttributeValue value) {
        return switch (value.type()) {
            case S -> Optional.of(value.s()).filter(text -> !text.isEmpty()).map(text -> "S" + text);
            case N -> CanonicalNumber.of(value.n()).map(number -> "N" + number);
            case BOOL -> Optional.of("B" + value.bool());
            case B, SS, NS, BS, L, M, NUL, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }

    boolean areSeveral() {
        return attribute().isPresent();
    }

    /** The attribute that divides the records; empty if none does. */
    private Optional<String> attribute() {
        return NAMES.stream()
                .filter(values::containsKey)
                .filter(name -> values.get(name).size() > 1)
                .filter(name -> present.getOrDefault(name, 0L) >= NEARLY_ALL * records)
                .filter(name ->
                        records >= (long) FEWEST_OF_A_KIND * values.get(name).size())
                .findFirst();
    }

    /**
     * A table for each kind, or {@code table} as it is.
     *
     * @param taken names of other tables
     */
    List<SourceTable> tables(SourceTable table, Collection<TableName> taken) {
        var attribute = attribute();
        if (attribute.isEmpty()) {
            return List.of(table);
        }
        var names = new HashSet<>(taken);
        names.add(table.name());
        var tables = new ArrayList<SourceTable>();
        values.get(attribute.get()).forEach((text, value) -> {
            var name = name(table.name(), text.substring(1), names);
            names.add(name);
            var kind = new SourceTable.Kind(table.name(), attribute.get(), value);
            tables.add(new SourceTable(name, table.shape(), Optional.of(kind)));
        });
        return tables;
    }

    /** A value that is a word names its table: then references named after it are found. */
    private static TableName name(TableName table, String value, Set<TableName> taken) {
        if (PLAIN.matcher(value).matches() && !taken.contains(new TableName(value))) {
            return new TableName(value);
        }
        var name = table + "-" + NOT_IN_NAMES.matcher(value).replaceAll("_");
        while (taken.contains(new TableName(name))) {
            name += "_";
        }
        return new TableName(name);
    }
}
