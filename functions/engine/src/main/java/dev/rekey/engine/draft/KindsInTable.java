package dev.rekey.engine.draft;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks for an attribute of few values that says what kind of record each record of a table is. Other attributes have to
 * follow from it: a state or a category says nothing of what else a record holds.
 */
final class KindsInTable {
    /** In order of preference. */
    private static final List<String> NAMES = List.of("__typename", "_et", "entityType", "type", "kind");

    private static final int MOST_KINDS = 20;
    private static final int MOST_ATTRIBUTES = 300;
    /** So much of the records must have the attribute. */
    private static final double NEARLY_ALL = 0.9;
    /** So many records each value must have on the average. */
    private static final int FEWEST_OF_A_KIND = 5;
    /** So much of the records of a kind have an attribute that all of them have, or none. */
    private static final double ALL = 0.95;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,254}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_.-]");

    /** By attribute, then by value. */
    private final Map<String, SortedMap<String, Kind>> found = new LinkedHashMap<>();

    private long records;

    /** The records with one value. */
    private static final class Kind {
        private final AttributeValue value;
        private final Map<String, Long> attributes = new HashMap<>();
        private long records;

        Kind(AttributeValue value) {
            this.value = value;
        }

        void add(Map<String, AttributeValue> record) {
            records++;
            for (var name : record.keySet()) {
                if (attributes.size() < MOST_ATTRIBUTES || attributes.containsKey(name)) {
                    attributes.merge(name, 1L, Long::sum);
                }
            }
        }

        private double share(String attribute) {
            return (double) attributes.getOrDefault(attribute, 0L) / records;
        }

        boolean has(String attribute) {
            return share(attribute) >= ALL;
        }

        boolean lacks(String attribute) {
            return share(attribute) <= 1 - ALL;
        }
    }

    KindsInTable() {
        NAMES.forEach(name -> found.put(name, new TreeMap<>()));
    }

    void add(Map<String, AttributeValue> record) {
        records++;
        for (var name : NAMES) {
            var kinds = found.get(name);
            var value = record.get(name);
            if (kinds != null && value != null) {
                var text = text(value);
                if (text.isEmpty() || (kinds.size() == MOST_KINDS && !kinds.containsKey(text.get()))) {
                    found.remove(name);
                } else {
                    kinds.computeIfAbsent(text.get(), _ -> new Kind(value)).add(record);
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
                .filter(found::containsKey)
                .filter(name -> divides(found.get(name).values()))
                .findFirst();
    }

    private boolean divides(Collection<Kind> kinds) {
        long present = kinds.stream().mapToLong(kind -> kind.records).sum();
        return kinds.size() > 1
                && present >= NEARLY_ALL * records
                && present >= (long) FEWEST_OF_A_KIND * kinds.size()
                && kinds.stream()
                        .flatMap(kind -> kind.attributes.keySet().stream())
                        .distinct()
                        .anyMatch(attribute -> follows(attribute, kinds));
    }

    /** Whether all records of some kinds have {@code attribute}, and none of the others. */
    private static boolean follows(String attribute, Collection<Kind> kinds) {
        return kinds.stream().allMatch(kind -> kind.has(attribute) || kind.lacks(attribute))
                && kinds.stream().anyMatch(kind -> kind.has(attribute))
                && kinds.stream().anyMatch(kind -> kind.lacks(attribute));
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
        found.get(attribute.get()).forEach((text, kind) -> {
            var name = name(table.name(), text.substring(1), names);
            names.add(name);
            var match = new SourceTable.Kind(table.name(), attribute.get(), kind.value);
            tables.add(new SourceTable(name, table.shape(), Optional.of(match)));
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
