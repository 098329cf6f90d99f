package dev.rekey.engine.join;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Matched.Collided;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Late;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Matches target keys: those that the run logged with those that the target holds, and with late source records. */
final class KeyMatch {
    private final Groups logged = new Groups();
    private final Groups present = new Groups();
    /** Keys under which source records belong that the run did not log. */
    private final Groups unwritten = new Groups();
    /** Keys that were logged for several source records. */
    private final Set<String> contested = new HashSet<>();

    private final List<Spilled.Late> late = new ArrayList<>();
    private final List<Spilled.Present> unlogged = new ArrayList<>();
    private final Map<String, Collided> collided = new TreeMap<>();

    void superseded(Spilled.Superseded line) {
        logged.add(line.group());
    }

    void logged(Spilled.Logged line) {
        var group = line.group();
        if (logged.numbered(group, line.source()) != line.source()) {
            contested.add(group);
        }
    }

    void present(Spilled.Present line) {
        present.add(line.group());
    }

    void late(Spilled.Late line) {
        late.add(line);
        unwritten.add(line.group());
    }

    void leftOut(Spilled.LeftOut line) {
        unwritten.add(line.group());
    }

    /** Whether anything but what is late is to be named. */
    boolean isAmiss() {
        return hasCollided() || !logged.containsAll(present);
    }

    boolean hasCollided() {
        return !contested.isEmpty();
    }

    /** All that was logged is known now. */
    void presentAgain(Spilled.Present line) {
        if (!logged.contains(line.group())) {
            unlogged.add(line);
        }
    }

    void loggedAgain(Spilled.Logged line) {
        var group = line.group();
        if (contested.contains(group)) {
            collided.merge(group, new Collided(line.table(), line.key(), 1), Collided::plus);
        }
    }

    Map<TableName, Long> unloggedCounts() {
        var counts = new TreeMap<TableName, Long>();
        unlogged.forEach(line -> counts.merge(line.table(), 1L, Long::sum));
        return counts;
    }

    List<KeyExample> unloggedExamples() {
        return unlogged.stream()
                .map(line -> new KeyExample(line.table(), line.key(), unwritten.contains(line.group())))
                .toList();
    }

    List<Collided> collided() {
        return List.copyOf(collided.values());
    }

    /** A record that was logged although it looked late only came in another order. */
    List<Late> late() {
        return late.stream()
                .map(line -> new Late(
                        line.table(),
                        Optional.of(line.key()).filter(_ -> present.contains(line.group())),
                        line.source(),
                        Spilled.number(logged, line.group(), line.content()),
                        logged.contains(line.group())))
                .toList();
    }
}
