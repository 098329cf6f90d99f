package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values at one place in the records of a table, and whose ids they are.
 *
 * @param path as a plan would write it
 * @param part which part of a composite string, from 1; 0 for whole values
 * @param type as which the values were read
 * @param values how many there are
 * @param hits how many of them are ids, by family
 * @param estimated whether all these numbers come from a part of the values, chosen by hash
 */
public record Sighting(
        TableName table,
        String path,
        int part,
        KeyType type,
        long values,
        Map<FamilyName, Hits> hits,
        boolean estimated) {
    /**
     * Values that are ids of a family.
     *
     * @param matched how many
     * @param telling how many of them look made by chance
     * @param distinct how many of them are different
     */
    public record Hits(long matched, long telling, long distinct) {
        Hits plus(Hits more) {
            return new Hits(matched + more.matched, telling + more.telling, distinct + more.distinct);
        }
    }

    /** The same place in two partitions, which share no id. */
    public Sighting plus(Sighting other) {
        var sum = new TreeMap<>(hits);
        other.hits.forEach((family, more) -> sum.merge(family, more, Hits::plus));
        return new Sighting(table, path, part, type, values + other.values, sum, estimated || other.estimated);
    }

    /** What the same place has in all partitions. */
    public record Where(TableName table, String path, int part, KeyType type) {}

    public Where where() {
        return new Where(table, path, part, type);
    }
}
