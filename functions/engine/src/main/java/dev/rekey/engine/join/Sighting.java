package dev.rekey.engine.join;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values at one place, and whose ids they are.
 *
 * @param values how many there are
 * @param hits how many of them are ids, by family
 * @param examples of pieces: keys of records that hold one, as DynamoDB JSON, first of those that are ids
 * @param estimated whether all these numbers come from a part of the values, chosen by hash
 */
public record Sighting(Place where, long values, Map<FamilyName, Hits> hits, List<String> examples, boolean estimated) {
    private static final int EXAMPLES = 5;

    /** The same place in two partitions, which share no id. */
    public Sighting plus(Sighting other) {
        var sum = new TreeMap<>(hits);
        other.hits.forEach((family, more) -> sum.merge(family, more, Hits::plus));
        return new Sighting(where, values + other.values, sum, examples(other), estimated || other.estimated);
    }

    /** Where only one of the two has ids, the records of the other are shown only if it has none to show. */
    private List<String> examples(Sighting other) {
        if (hits.isEmpty() == other.hits.isEmpty()) {
            return Stream.concat(examples.stream(), other.examples.stream())
                    .limit(EXAMPLES)
                    .toList();
        }
        var withIds = hits.isEmpty() ? other : this;
        var without = hits.isEmpty() ? this : other;
        return withIds.examples.isEmpty() ? without.examples : withIds.examples;
    }

    public Hits hits(FamilyName family) {
        return hits.getOrDefault(family, Hits.NONE);
    }

    Sighting with(List<String> records) {
        return new Sighting(where, values, hits, records, estimated);
    }

    /** The place of any values stands beside the counts, that of pieces in an object of its own. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Stored(
            StoredPiece where,
            TableName table,
            String path,
            Integer part,
            KeyType type,
            long values,
            Map<FamilyName, Hits> hits,
            List<String> examples,
            boolean estimated) {}

    private record StoredPiece(
            TableName table,
            String attribute,
            String shape,
            String place,
            String after,
            boolean letters,
            KeyType type) {}

    @JsonValue
    private Stored stored() {
        return switch (where.part()) {
            case Place.Numbered(var number) ->
                new Stored(null, where.table(), where.path(), number, where.type(), values, hits, null, estimated);
            case Place.Piece(var shape, var place, var after, var letters) -> {
                var piece = new StoredPiece(where.table(), where.path(), shape, place, after, letters, where.type());
                yield new Stored(piece, null, null, null, null, values, hits, examples, estimated);
            }
        };
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    private static Sighting of(Stored stored) {
        var piece = stored.where;
        return piece == null
                ? new Sighting(
                        new Place(stored.table, stored.path, new Place.Numbered(stored.part), stored.type),
                        stored.values,
                        stored.hits,
                        List.of(),
                        stored.estimated)
                : new Sighting(
                        new Place(
                                piece.table,
                                piece.attribute,
                                new Place.Piece(piece.shape, piece.place, piece.after, piece.letters),
                                piece.type),
                        stored.values,
                        stored.hits,
                        stored.examples,
                        stored.estimated);
    }
}
