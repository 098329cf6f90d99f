package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who wrote what when, of every record of the source and of the target. Moments are counted, not timed. */
final class History {
    private final Map<Spot, List<Change>> changes = new HashMap<>();
    private long now;

    /**
     * A write.
     *
     * @param by the run that wrote; empty if somebody else did
     * @param content empty if the record was deleted
     */
    private record Change(long at, Optional<RunId> by, Optional<Map<String, AttributeValue>> content) {}

    /** @param beginning what stands where at the beginning */
    History(Map<Spot, Map<String, AttributeValue>> beginning) {
        beginning.forEach((at, item) -> wrote(at, Optional.empty(), Optional.of(item)));
    }

    /** A moment that nothing else shares. */
    long moment() {
        return ++now;
    }

    void wrote(Spot at, Optional<RunId> by, Optional<Map<String, AttributeValue>> content) {
        changes.computeIfAbsent(at, _ -> new ArrayList<>()).add(new Change(moment(), by, content));
    }

    /** What stood there at a moment. */
    Optional<Map<String, AttributeValue>> at(Spot at, long moment) {
        return changesAt(at)
                .filter(change -> change.at() <= moment)
                .reduce((_, later) -> later)
                .flatMap(Change::content);
    }

    /** What stands there now. */
    Optional<Map<String, AttributeValue>> now(Spot at) {
        return at(at, now);
    }

    /** Everything that stands somewhere now. */
    Map<Spot, Map<String, AttributeValue>> now() {
        var all = new HashMap<Spot, Map<String, AttributeValue>>();
        changes.keySet().forEach(at -> now(at).ifPresent(item -> all.put(at, item)));
        return all;
    }

    /** Whether anybody wrote anywhere after a moment. */
    boolean changed(long after) {
        return changes.values().stream().anyMatch(all -> all.stream().anyMatch(change -> change.at() > after));
    }

    /** Everything that stood there, or did not, between two moments. */
    List<Optional<Map<String, AttributeValue>>> during(Spot at, long from, long to) {
        return Stream.concat(
                        Stream.of(at(at, from)),
                        changesAt(at).filter(one -> isWithin(one, from, to)).map(Change::content))
                .toList();
    }

    /** Whether anybody wrote there after one moment, and not after another. */
    boolean changed(Spot at, long after, long to) {
        return changesAt(at).anyMatch(change -> isWithin(change, after, to));
    }

    /** Whether somebody else than a run did. */
    boolean changedByOthers(Spot at, long after, long to) {
        return changesAt(at).anyMatch(change -> change.by().isEmpty() && isWithin(change, after, to));
    }

    /** Whether a run other than {@code run} wrote to the target. */
    boolean othersRan(RunId run, long after, long to) {
        return changes.values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        change -> change.by().filter(by -> !by.equals(run)).isPresent() && isWithin(change, after, to));
    }

    /** Every place of a table where something stands or stood. */
    Set<Spot> spots(String table) {
        var spots = new TreeSet<Spot>(Comparator.comparing(Spot::name));
        changes.keySet().stream().filter(at -> at.table().equals(table)).forEach(spots::add);
        return spots;
    }

    /** Every place where something stands or stood. */
    Set<Spot> spots() {
        return changes.keySet();
    }

    private Stream<Change> changesAt(Spot at) {
        return changes.getOrDefault(at, List.of()).stream();
    }

    private static boolean isWithin(Change change, long after, long to) {
        return change.at() > after && change.at() <= to;
    }
}
