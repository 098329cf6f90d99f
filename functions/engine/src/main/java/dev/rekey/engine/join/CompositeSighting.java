package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Sighting.Hits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pieces at one place of a key's composite values, and whose ids they are.
 *
 * @param values how many there are
 * @param hits how many of them are ids, by family
 * @param examples keys of records that hold one, as DynamoDB JSON: first of those that are ids
 * @param estimated whether all these numbers come from a part of the values, chosen by hash
 */
public record CompositeSighting(
        Where where, long values, Map<FamilyName, Hits> hits, List<String> examples, boolean estimated) {
    private static final int EXAMPLES = 5;

    /**
     * A place in composite values.
     *
     * @param attribute of a key
     * @param shape, place, after as {@link dev.rekey.engine.join.Composite.Piece} has them
     * @param letters whether the pieces are more than digits
     * @param type as which they were read
     */
    public record Where(
            TableName table,
            String attribute,
            String shape,
            String place,
            String after,
            boolean letters,
            KeyType type) {}

    /** The same place in two partitions, which share no id. */
    public CompositeSighting plus(CompositeSighting other) {
        var sum = new TreeMap<>(hits);
        other.hits.forEach((family, more) -> sum.merge(family, more, Hits::plus));
        return new CompositeSighting(where, values + other.values, sum, examples(other), estimated || other.estimated);
    }

    /** Where only one of the two has ids, the records of the other are shown only if it has none to show. */
    private List<String> examples(CompositeSighting other) {
        if (hits.isEmpty() == other.hits.isEmpty()) {
            return Stream.concat(examples.stream(), other.examples.stream())
                    .limit(EXAMPLES)
                    .toList();
        }
        var withIds = hits.isEmpty() ? other : this;
        var without = hits.isEmpty() ? this : other;
        return withIds.examples.isEmpty() ? without.examples : withIds.examples;
    }

    /** Whether it counts when it is that of all partitions: pieces that are ids, or whole values, whose prefixes count. */
    public boolean counts() {
        return !hits.isEmpty() || where.place.equals(Composite.WHOLE);
    }

    public CompositeCount count(FamilyName family) {
        var found = hits.getOrDefault(family, new Hits(0, 0, 0));
        return new CompositeCount(
                where.shape, where.place, where.letters, values, found.matched(), found.telling(), found.distinct());
    }
}
