package dev.rekey.engine.join;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Matched.Collided;
import dev.rekey.engine.join.Matched.KeyExample;
import dev.rekey.engine.join.Matched.Late;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Matches target keys: those that the run logged with those that the target holds, and with late source records. */
final class KeyMatch {
    private final Groups logged = new Groups();
    private final Groups present = new Groups();
    /** Keys that were logged for several source records. */
    private final Set<String> contested = new HashSet<>();

    private final List<Spilled> late = new ArrayList<>();
    private final List<Spilled> unlogged = new ArrayList<>();
    private final Map<String, Collided> collided = new TreeMap<>();

    void logged(Spilled line) {
        if (line.source().isEmpty()) {
            logged.add(line.group());
        } else {
            long source = line.source().getAsLong();
            if (logged.numbered(line.group(), source) != source) {
                contested.add(line.group());
            }
        }
    }

    void present(Spilled line) {
        present.add(line.group());
    }

    void late(Spilled line) {
        late.add(line);
    }

    /** Whether anything but what is late is to be named. */
    boolean isAmiss() {
        return hasCollided() || !logged.containsAll(present);
    }

    boolean hasCollided() {
        return !contested.isEmpty();
    }

    /** All that was logged is known now. */
    void presentAgain(Spilled line) {
        if (!logged.contains(line.group())) {
            unlogged.add(line);
        }
    }

    void loggedAgain(Spilled line) {
        if (contested.contains(line.group()) && line.source().isPresent()) {
            collided.merge(line.group(), new Collided(line.table(), line.example(), 1), Collided::plus);
        }
    }

    Map<TableName, Long> unloggedCounts() {
        var counts = new TreeMap<TableName, Long>();
        unlogged.forEach(line -> counts.merge(line.table(), 1L, Long::sum));
        return counts;
    }

    List<KeyExample> unloggedExamples() {
        return unlogged.stream()
                .map(line -> new KeyExample(line.table(), line.example()))
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
                        line.lateSource(),
                        Spilled.number(logged, line.group(), line.lateContent()),
                        logged.contains(line.group())))
                .toList();
    }
}
