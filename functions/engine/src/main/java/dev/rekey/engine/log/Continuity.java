package dev.rekey.engine.log;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Holds the objects of the log of a segment against each other and against the checkpoint of the copy: pages have no gaps from
 * 0 to the checkpoint's, attempts have none from 1, supplements of an attempt have none either. The page that the checkpoint stands at may have attempts or none: a
 * worker may have ended in the middle of it.
 */
record Continuity(RunFolder folder, TableName table, Segment segment) {

    ObjectKey checkpoint() {
        return folder.checkpoint(Stage.COPY, table, segment);
    }

    /**
     * What is missing from {@code objects}.
     *
     * @param copied how far the segment was copied; empty if it was never begun
     */
    Optional<Gap> gap(List<LogName> objects, Optional<Checkpoint> copied) {
        var attempts = new TreeMap<Integer, List<Integer>>();
        var supplements = new TreeMap<Integer, Map<Integer, Set<Integer>>>();
        objects.forEach(ref -> {
            var ofPage = attempts.computeIfAbsent(ref.page(), page -> new ArrayList<>());
            if (ref.supplement() == 0) {
                ofPage.add(ref.attempt());
            } else {
                supplements
                        .computeIfAbsent(ref.page(), page -> new TreeMap<>())
                        .computeIfAbsent(ref.attempt(), attempt -> new TreeSet<>())
                        .add(ref.supplement());
            }
        });
        int logged = attempts.isEmpty() ? 0 : attempts.lastKey() + 1;
        var gone = new ArrayList<ObjectKey>();
        if (logged > mostLogged(copied)) {
            gone.add(checkpoint());
        }
        int done = copied.map(Checkpoint::page).orElse(0);
        for (int page = 0; page < Math.max(done, logged); page++) {
            var there = attempts.getOrDefault(page, List.of());
            // Where a whole page is missing, the number of its attempts is unknown.
            var supplemented = supplements.getOrDefault(page, Map.of());
            int last = Math.max(
                    there.isEmpty() ? 1 : there.getLast(),
                    supplemented.keySet().stream().max(Integer::compare).orElse(1));
            for (int attempt = 1; attempt <= last && there.size() < last; attempt++) {
                if (!there.contains(attempt)) {
                    gone.add(folder.logObject(table, segment, page, attempt));
                }
            }
            for (var attempt : supplemented.entrySet()) {
                gone.addAll(missing(page, attempt.getKey(), attempt.getValue()));
            }
        }
        if (gone.isEmpty()
                && objectsBefore(done, objects) < copied.map(Checkpoint::logged).orElse(0L)) {
            gone.add(new ObjectKey(folder.logPrefix(table, segment) + "…"));
        }
        return gone.isEmpty() ? Optional.empty() : Optional.of(new Gap(gone));
    }

    private List<ObjectKey> missing(int page, int attempt, Set<Integer> supplements) {
        return IntStream.rangeClosed(1, Collections.max(supplements))
                .filter(number -> !supplements.contains(number))
                .mapToObj(number -> folder.logSupplement(table, segment, page, attempt, number))
                .toList();
    }

    /** Only their number tells that the last attempt at a page is gone: the others look complete. */
    private static long objectsBefore(int page, List<LogName> objects) {
        return objects.stream().filter(ref -> ref.page() < page).count();
    }

    /** A worker creates or moves the checkpoint before it logs the next page. */
    private static int mostLogged(Optional<Checkpoint> copied) {
        return copied.map(at -> at.done() ? at.page() : at.page() + 1).orElse(0);
    }
}
