package dev.rekey.engine.join;

import dev.rekey.engine.join.CompositeSighting.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the known ids among the pieces of composite values of one partition. */
final class CompositeMatch {
    /** 32 MB of hashes. */
    private static final int MOST_PIECES = 4 << 20;

    private static final int EXAMPLES = 5;

    private final KnownIds known;
    private final PlacedHashes<Where> seen = new PlacedHashes<>(MOST_PIECES);
    private final Map<Where, Examples> examples = new HashMap<>();
    private boolean any;

    CompositeMatch(KnownIds known) {
        this.known = known;
    }

    /** Keys of records whose piece is an id, and of others. */
    private record Examples(List<String> hits, List<String> others) {
        List<String> best() {
            return hits.isEmpty() ? others : hits;
        }
    }

    void seen(Spilled.Composed line) {
        any = true;
        seen.add(line.where(), line.seen());
    }

    /** Whether lines with examples are worth a look, once all ids are known. */
    boolean lookAgain() {
        return any;
    }

    void again(Spilled.Example line) {
        var where = line.where();
        var here = examples.computeIfAbsent(where, _ -> new Examples(new ArrayList<>(), new ArrayList<>()));
        line.seen().forEach(hash -> {
            var list = known.contains(where.type(), hash) ? here.hits : here.others;
            if (list.size() < EXAMPLES) {
                list.add(line.record());
            }
        });
    }

    /** All places, also those without ids: the ids, and records to show, may lie in other partitions. */
    List<CompositeSighting> sightings() {
        return seen.found(known, Where::type).stream()
                .map(found -> new CompositeSighting(
                        found.where(),
                        found.values(),
                        found.hits(),
                        examples.containsKey(found.where())
                                ? List.copyOf(examples.get(found.where()).best())
                                : List.of(),
                        found.estimated()))
                .toList();
    }
}
