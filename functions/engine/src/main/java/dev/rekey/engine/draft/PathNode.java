package dev.rekey.engine.draft;

import dev.rekey.core.plan.ReferencePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A place in the records of a table, and the places below it. */
final class PathNode {
    /** A map with more names than this is taken for one whose names are data. */
    private static final int MOST_NAMES = 500;

    private final Map<Step, PathNode> below = new LinkedHashMap<>();
    private final PathTally tally;
    private final int sets;

    /** @param sets how many key sets there are */
    PathNode(int sets) {
        this.sets = sets;
        this.tally = new PathTally(sets);
    }

    PathTally tally() {
        return tally;
    }

    /** Empty for yet another name of a map that has too many. */
    Optional<PathNode> at(Step step) {
        var known = below.get(step);
        if (known == null && below.size() < MOST_NAMES) {
            known = new PathNode(sets);
            below.put(step, known);
        }
        return Optional.ofNullable(known);
    }

    /** Visits every place that has values, in order of the names. */
    void visit(BiConsumer<List<Step>, PathTally> visitor) {
        visit(List.of(), visitor);
    }

    private void visit(List<Step> here, BiConsumer<List<Step>, PathTally> visitor) {
        if (tally.values() > 0) {
            visitor.accept(here, tally);
        }
        var sorted = new TreeMap<String, Step>();
        below.keySet().forEach(step -> sorted.put(step.toString(), step));
        for (var step : sorted.values()) {
            var longer = new ArrayList<>(here);
            longer.add(step);
            below.get(step).visit(List.copyOf(longer), visitor);
        }
    }
}
