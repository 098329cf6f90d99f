package dev.rekey.engine.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.census.Gathered;
import dev.rekey.engine.pace.Carried;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Durable progress of one segment in one stage, written after its effects.
 *
 * @param format 1
 * @param page number of the next page, from 0
 * @param cursor where that page begins, as the stage writes it; empty at the beginning of the segment
 * @param done whether the segment is at its end
 * @param counts what was counted so far, by name
 * @param gathered what was counted beside that; empty in stages that have only counts
 * @param pace how fast the worker went; empty if nothing slowed it down
 * @param lease who works on the segment; empty when nobody does
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Checkpoint(
        int format,
        int page,
        Optional<JsonNode> cursor,
        boolean done,
        Map<String, Long> counts,
        Optional<Gathered> gathered,
        Optional<Carried> pace,
        Optional<Lease> lease) {

    public Checkpoint {
        // Jackson reads a tree that is not there as the tree "null".
        cursor = cursor.filter(node -> !node.isNull());
    }

    public static Checkpoint beginning() {
        return new Checkpoint(
                1, 0, Optional.empty(), false, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** After one more page; {@code next} is where the following one begins, empty at the end of the segment. */
    public Checkpoint after(Optional<JsonNode> next, Map<String, Long> more, Gathered found) {
        var sum = new TreeMap<>(counts);
        more.forEach((name, count) -> sum.merge(name, count, Long::sum));
        var all = found.equals(Gathered.NOTHING)
                ? gathered
                : Optional.of(gathered.orElse(Gathered.NOTHING).plus(found));
        return new Checkpoint(format, page + 1, next, next.isEmpty(), sum, all, pace, lease);
    }

    Checkpoint paced(Optional<Carried> newPace) {
        return new Checkpoint(format, page, cursor, done, counts, gathered, newPace, lease);
    }

    Checkpoint with(Optional<Lease> newLease) {
        return new Checkpoint(format, page, cursor, done, counts, gathered, pace, newLease);
    }
}
