package dev.rekey.engine.join;

import dev.rekey.core.plan.FamilyName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the known ids among the values of one partition. */
final class ValueMatch {
    private static final int EXAMPLES = 5;

    private final KnownIds known;
    private final Function<Place, Optional<FamilyName>> declared;
    private final PlacedHashes seen;
    private final Map<Place, Examples> examples = new HashMap<>();

    /**
     * @param declared whose ids the plan says they are, by place
     * @param mostValues that are held
     */
    ValueMatch(KnownIds known, Function<Place, Optional<FamilyName>> declared, int mostValues) {
        this.declared = declared;
        this.known = known;
        this.seen = new PlacedHashes(mostValues);
    }

    /** Keys of records whose value is an id, and of others. */
    private record Examples(List<String> hits, List<String> others) {
        List<String> best() {
            return List.copyOf(hits.isEmpty() ? others : hits);
        }
    }

    void seen(Spilled.Values line) {
        seen.add(line.where(), line.seen());
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    /** A record to show, once all ids are known. */
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

    /** Every place with values, whether or not any of them matches: the ids may lie in other partitions. */
    List<Sighting> sightings() {
        return seen.found(known, declared).stream()
                .map(found -> examples.containsKey(found.where())
                        ? found.with(examples.get(found.where()).best())
                        : found)
                .toList();
    }
}
