package dev.rekey.core.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of one family that become others of it.
 *
 * @param byMerged the survivor of each record that is merged away; no survivor is merged away itself
 */
public record Survivors(Map<OldId, OldId> byMerged) {
    public static final Survivors NONE = new Survivors(Map.of());

    public Survivors {
        byMerged = Collections.unmodifiableMap(new LinkedHashMap<>(byMerged));
    }

    /** What chains of merges lead to. */
    public sealed interface Resolved {
        record Ends(Survivors survivors) implements Resolved {}

        /**
         * Some records have no survivor.
         *
         * @param circles each with the ids in the order in which they are merged; one id if a record is merged into itself
         */
        record Endless(List<List<OldId>> circles) implements Resolved {}
    }

    /** Follows every merge of {@code into}, from an id to the one that it becomes, to its end. */
    public static Resolved of(Map<OldId, OldId> into) {
        var ends = new HashMap<OldId, OldId>();
        var circles = new ArrayList<List<OldId>>();
        for (var id : into.keySet()) {
            follow(id, into, ends, circles);
        }
        if (!circles.isEmpty()) {
            return new Resolved.Endless(List.copyOf(circles));
        }
        var byMerged = new LinkedHashMap<OldId, OldId>();
        into.keySet().forEach(id -> byMerged.put(id, ends.get(id)));
        return new Resolved.Ends(new Survivors(byMerged));
    }

    /** Writes the end of every id on the way from {@code first} into {@code ends}: itself, where there is none. */
    private static void follow(OldId first, Map<OldId, OldId> into, Map<OldId, OldId> ends, List<List<OldId>> circles) {
        var way = new ArrayList<OldId>();
        var seen = new HashSet<OldId>();
        var id = first;
        while (!ends.containsKey(id) && into.containsKey(id) && seen.add(id)) {
            way.add(id);
            id = into.get(id);
        }
        if (seen.contains(id)) {
            circles.add(List.copyOf(way.subList(way.indexOf(id), way.size())));
        }
        var end = ends.getOrDefault(id, id);
        way.forEach(passed -> ends.put(passed, end));
    }

    /** What becomes of {@code id}: itself, if it is not merged away. */
    public OldId of(OldId id) {
        return byMerged.getOrDefault(id, id);
    }

    public boolean isMerged(OldId id) {
        return byMerged.containsKey(id);
    }

    public boolean isEmpty() {
        return byMerged.isEmpty();
    }

    /** Both, where {@code later} may merge survivors of this one away. */
    public Survivors then(Survivors later) {
        var both = new LinkedHashMap<OldId, OldId>();
        byMerged.forEach((id, survivor) -> both.put(id, later.of(survivor)));
        later.byMerged.forEach(both::putIfAbsent);
        return new Survivors(both);
    }
}
