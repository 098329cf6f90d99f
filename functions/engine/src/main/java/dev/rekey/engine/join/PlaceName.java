package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.ReferencePath.Step;
import java.util.List;

/** What the name of a place says of whose ids stand there. */
public record PlaceName(List<Step> path, Words words) {
    public static PlaceName of(List<Step> path) {
        var names = path.stream()
                .filter(Step.Field.class::isInstance)
                .map(step -> ((Step.Field) step).name())
                .toList();
        return new PlaceName(path, names.isEmpty() ? new Words(List.of(), false) : Words.of(names));
    }

    /** Whether it is the name of {@code key}, the attribute that holds the ids of a table, and this one says something. */
    private boolean isThatOf(String key) {
        return !path.isEmpty()
                && path.getLast() instanceof Step.Field(var name)
                && name.equalsIgnoreCase(key)
                && !Words.isBare(key);
    }

    /** How much it speaks for a table. */
    public NameLikeness likeness(String table, String key) {
        return isThatOf(key) ? NameLikeness.EQUAL : likeness(table);
    }

    public NameLikeness likeness(String table) {
        return words.likeness(table);
    }

    /**
     * Whether it says that ids of a table stand there. A number is a quantity of what its name says, such as {@code tracks},
     * unless the name says that it is an id, or is that of a key such as {@code supplierNo}.
     *
     * @param likeness how much it speaks for the table
     * @param type of the table's ids
     * @param key the attribute that holds them
     */
    public boolean saysSo(NameLikeness likeness, KeyType type, String key) {
        return (likeness.isStrong() && words.saysId())
                || (likeness == NameLikeness.EQUAL && (type != KeyType.N || (isThatOf(key) && Words.isNumbered(key))));
    }
}
